using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Api;

/// <summary>A resource server.</summary>
public sealed record ResourceServer
{
    /// <summary>The first part of its scopes: <c>{identifier}/{scope name}</c>.</summary>
    public string? Identifier { get; init; }

    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>At most 100.</summary>
    public IReadOnlyList<ResourceServerScope>? Scopes { get; init; }

    /// <summary><c>COGNITO</c> if the service itself looks after it; else absent.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>A scope of a resource server.</summary>
public sealed record ResourceServerScope
{
    /// <summary>Without the resource server's identifier.</summary>
    public string? ScopeName { get; init; }

    /// <summary>1 to 256 characters.</summary>
    public string? ScopeDescription { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Input of CreateResourceServer.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="Identifier">The first part of its scopes.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">At most 100.</param>
public sealed record CreateResourceServerRequest(string UserPoolId, string Identifier, string Name, IReadOnlyList<ResourceServerScope> Scopes);

/// <summary>Output of CreateResourceServer.</summary>
/// <param name="ResourceServer">The new resource server.</param>
public sealed record CreateResourceServerResponse(ResourceServer? ResourceServer);

/// <summary>Input of DescribeResourceServer.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="Identifier">The resource server.</param>
public sealed record DescribeResourceServerRequest(string UserPoolId, string Identifier);

/// <summary>Output of DescribeResourceServer.</summary>
/// <param name="ResourceServer">The resource server.</param>
public sealed record DescribeResourceServerResponse(ResourceServer? ResourceServer);

/// <summary>Input of ListResourceServers.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="MaxResults">1 to 50.</param>
/// <param name="NextToken">From the page before; absent for the first page.</param>
public sealed record ListResourceServersRequest(string UserPoolId, int MaxResults, string? NextToken);

/// <summary>Output of ListResourceServers.</summary>
/// <param name="ResourceServers">One page, with scopes.</param>
/// <param name="NextToken">Absent on the last page.</param>
public sealed record ListResourceServersResponse(IReadOnlyList<ResourceServer>? ResourceServers, string? NextToken);

/// <summary>Input of UpdateResourceServer: the whole of what the resource server shall be.</summary>
public sealed record UpdateResourceServerRequest
{
    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>Selects the resource server; cannot change.</summary>
    public required string Identifier { get; init; }

    /// <summary>Required even when it stays the same.</summary>
    public required string Name { get; init; }

    /// <summary>All scopes; those left out are removed.</summary>
    public required IReadOnlyList<ResourceServerScope> Scopes { get; init; }

    /// <summary>Any other member of the request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Output of UpdateResourceServer.</summary>
/// <param name="ResourceServer">The resource server.</param>
public sealed record UpdateResourceServerResponse(ResourceServer? ResourceServer);

/// <summary>Input of DeleteResourceServer.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="Identifier">The resource server.</param>
public sealed record DeleteResourceServerRequest(string UserPoolId, string Identifier);
