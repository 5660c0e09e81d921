using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

internal sealed class AppClientOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPerPool = 1000;
    private const string ListName = "ListUserPoolClients";

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateUserPoolClient", AppClientInput.Create, Create),
        new("DescribeUserPoolClient", AppClientInput.ById, input => Wrapped(userPools.RequireAppClient(input))),
        new(ListName, AppClientInput.List, List),
        new("UpdateUserPoolClient", AppClientInput.Update, Update),
        new("DeleteUserPoolClient", AppClientInput.ById, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var chosen = input.Text("ClientSecret");
        var generates = input.Flag("GenerateSecret") ?? false;
        if (chosen is not null && generates)
            throw RefusedException.InvalidParameter("ClientSecret can not be set if GenerateSecret is true.");
        if (pool.AppClients.Count >= MaxPerPool)
            throw RefusedException.LimitExceeded($"Exceeded the limit of {MaxPerPool} app clients in user pool {pool.Id}.");

        var now = userPools.TimeProvider.GetUtcNow();
        var id = GeneratedId.ClientId();
        var secret = chosen ?? (generates ? GeneratedId.ClientSecret() : null);
        var settings = AppClientMembers.Read(
            input, pool, input.RequiredText("ClientName"), secret is null ? [] : [ClientSecret.Create(secret, id, now, [])]);
        return Wrapped(pool.Add(new EmulatedAppClient(pool, id, settings, userPools.NextSequence()) { CreatedAt = now }));
    });

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        // None of them registered itself.
        var clients = input.Text("ClientType") == "DCR" ? [] : pool.AppClients;
        return paging.Page(
            $"{ListName} {pool.Id}",
            clients,
            client => client.Sequence,
            input.Number("MaxResults") ?? AppClientInput.MaxPageSize,
            input.Text("NextToken"),
            "UserPoolClients",
            AppClientDescription.InList);
    }

    private JsonObject Update(JsonApiInput input) => userPools.Change(() =>
    {
        var client = userPools.RequireAppClient(input);
        client.Update(AppClientMembers.Read(
            input, client.UserPool, input.Text("ClientName") ?? client.ClientName, client.Settings.Secrets));
        return Wrapped(client);
    });

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() =>
        {
            var client = userPools.RequireAppClient(input);
            client.UserPool.Remove(client);
        });
        return null;
    }

    private static JsonObject Wrapped(EmulatedAppClient client) => new() { ["UserPoolClient"] = AppClientDescription.Of(client) };
}
