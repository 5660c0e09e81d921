using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.ResourceServers;

/// <summary>The operations on resource servers and their scopes.</summary>
internal sealed class ResourceServerOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPerPool = 25;
    private const int MaxPageSize = 50;
    private const string ListName = "ListResourceServers";

    private static readonly StructureShape _scope = new StructureShape()
        .Required("ScopeName", Shape.Text(TextShape.ScopeName))
        .Kept("ScopeDescription", Shape.Text(TextShape.ScopeDescription), isRequired: true);

    private static readonly StructureShape _byIdentifier = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Required("Identifier", Shape.Text(TextShape.ResourceServerIdentifier));

    private static readonly StructureShape _whole = new StructureShape()
        .With(_byIdentifier)
        .Kept("Name", Shape.Text(TextShape.ResourceServerName), isRequired: true)
        .Optional("Scopes", Shape.ListOf(_scope, ResourceServer.MaxScopes));

    private static readonly StructureShape _list = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Optional("MaxResults", Shape.Number(1, MaxPageSize))
        .Optional("NextToken", Paging.TokenShape);

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateResourceServer", _whole, Create),
        new("DescribeResourceServer", _byIdentifier, Describe),
        new(ListName, _list, List),
        new("UpdateResourceServer", _whole, Update),
        new("DeleteResourceServer", _byIdentifier, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var created = Read(input, userPools.TakeSequence());
        if (pool.FindResourceServer(created.Identifier) is null && pool.ResourceServers.Count >= MaxPerPool)
            throw RefusedException.LimitExceeded($"Exceeded the limit of {MaxPerPool} resource servers in user pool {pool.Id}.");
        pool.Add(created);
        return Wrap(pool, created);
    });

    private JsonObject Describe(JsonApiInput input) => Wrap(userPools.RequireUserPool(input), userPools.RequireResourceServer(input));

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return paging.CreatePage(
            $"{ListName} {pool.Id}",
            pool.ResourceServers,
            server => server.Sequence,
            input.GetNumber("MaxResults") ?? MaxPageSize,
            input.GetText("NextToken"),
            "ResourceServers",
            server => Describe(pool, server));
    }

    // As in Cognito, an update replaces all scopes: a scope that the input leaves out is deleted.
    private JsonObject Update(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var updated = Read(input, userPools.RequireResourceServer(input).Sequence);
        pool.Replace(updated);
        return Wrap(pool, updated);
    });

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() => userPools.RequireUserPool(input).RemoveResourceServer(userPools.RequireResourceServer(input).Identifier));
        return null;
    }

    private static ResourceServer Read(JsonApiInput input, long sequence)
    {
        var scopes = input.GetElement("Scopes")?.EnumerateArray().Select(scope => new ResourceServerScope(
            scope.GetProperty("ScopeName").GetString()!, scope.GetProperty("ScopeDescription").GetString()!));
        return ResourceServer.Create(
            input.GetRequiredText("Identifier"), input.GetRequiredText("Name"), scopes?.ToImmutableArray() ?? [], sequence);
    }

    private static JsonObject Wrap(EmulatedUserPool pool, ResourceServer server) =>
        new() { ["ResourceServer"] = Describe(pool, server) };

    private static JsonObject Describe(EmulatedUserPool pool, ResourceServer server) => new()
    {
        ["UserPoolId"] = pool.Id,
        ["Identifier"] = server.Identifier,
        ["Name"] = server.Name,
        ["Scopes"] = new JsonArray([.. server.Scopes.Select(scope =>
            new JsonObject { ["ScopeName"] = scope.Name, ["ScopeDescription"] = scope.Description })]),
    };
}
