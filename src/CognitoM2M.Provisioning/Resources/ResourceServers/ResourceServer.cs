using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>A resource server.</summary>
internal sealed record ResourceServer
{
    /// <summary>The first part of its scopes: <c>{identifier}/{scope name}</c>.</summary>
    public string? Identifier { get; init; }

    /// <summary>A name for people.</summary>
    public string? Name { get; init; }

    /// <summary>At most 100.</summary>
    public IReadOnlyList<ResourceServerScope>? Scopes { get; init; }

    /// <summary><c>COGNITO</c> if Cognito itself manages the resource server; absent otherwise.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Every other member that Cognito sent. An update sends them back, because it resets members that it lacks.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>A scope of a resource server.</summary>
internal sealed record ResourceServerScope
{
    /// <summary>The name, without the identifier of the resource server.</summary>
    public string? ScopeName { get; init; }

    /// <summary>1 to 256 characters.</summary>
    public string? ScopeDescription { get; init; }

    /// <inheritdoc cref="ResourceServer.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Input of CreateResourceServer.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="Identifier">The first part of the scopes.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Scopes">At most 100.</param>
internal sealed record CreateResourceServerRequest(
    string UserPoolId, string Identifier, string Name, IReadOnlyList<ResourceServerScope> Scopes) : IUserPoolRequest;

/// <summary>Output of CreateResourceServer.</summary>
internal sealed record CreateResourceServerResponse(ResourceServer? ResourceServer);

/// <summary>Input of DescribeResourceServer.</summary>
internal sealed record DescribeResourceServerRequest(string UserPoolId, string Identifier) : IUserPoolRequest;

/// <summary>Output of DescribeResourceServer.</summary>
internal sealed record DescribeResourceServerResponse(ResourceServer? ResourceServer);

/// <summary>Input of ListResourceServers.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="MaxResults">1 to 50.</param>
/// <param name="NextToken">The token that the previous page ended with; absent for the first page.</param>
internal sealed record ListResourceServersRequest(string UserPoolId, int MaxResults, string? NextToken) : IUserPoolRequest;

/// <summary>Output of ListResourceServers.</summary>
/// <param name="ResourceServers">One page, with scopes.</param>
/// <param name="NextToken">Absent on the last page.</param>
internal sealed record ListResourceServersResponse(IReadOnlyList<ResourceServer>? ResourceServers, string? NextToken);

/// <summary>Input of UpdateResourceServer: all settings of the resource server.</summary>
internal sealed record UpdateResourceServerRequest : IUserPoolRequest
{
    /// <summary>The user pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>Selects the resource server. The identifier cannot change.</summary>
    public required string Identifier { get; init; }

    /// <summary>The name. Cognito requires it even if it stays the same.</summary>
    public required string Name { get; init; }

    /// <summary>All scopes. Cognito removes the scopes that are left out.</summary>
    public required IReadOnlyList<ResourceServerScope> Scopes { get; init; }

    /// <summary>Every other setting.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Output of UpdateResourceServer.</summary>
internal sealed record UpdateResourceServerResponse(ResourceServer? ResourceServer);

/// <summary>Input of DeleteResourceServer.</summary>
internal sealed record DeleteResourceServerRequest(string UserPoolId, string Identifier) : IUserPoolRequest;

/// <summary>Writes and reads the requests above. A member that is null is not sent.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateResourceServerRequest))]
[JsonSerializable(typeof(CreateResourceServerResponse))]
[JsonSerializable(typeof(DescribeResourceServerRequest))]
[JsonSerializable(typeof(DescribeResourceServerResponse))]
[JsonSerializable(typeof(ListResourceServersRequest))]
[JsonSerializable(typeof(ListResourceServersResponse))]
[JsonSerializable(typeof(UpdateResourceServerRequest))]
[JsonSerializable(typeof(UpdateResourceServerResponse))]
[JsonSerializable(typeof(DeleteResourceServerRequest))]
internal sealed partial class ResourceServerJson : JsonSerializerContext;
