using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>The operations on app clients.</summary>
internal sealed class AppClientOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPerPool = 1000;
    private const string ListName = "ListUserPoolClients";

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateUserPoolClient", AppClientShapes.Create, Create),
        new("DescribeUserPoolClient", AppClientShapes.ById, input => Wrap(userPools.RequireAppClient(input))),
        new(ListName, AppClientShapes.List, List),
        new("UpdateUserPoolClient", AppClientShapes.Update, Update),
        new("DeleteUserPoolClient", AppClientShapes.ById, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var chosen = input.GetText("ClientSecret");
        var generates = input.GetFlag("GenerateSecret") ?? false;
        if (chosen is not null && generates)
            throw RefusedException.InvalidParameter("ClientSecret can not be set if GenerateSecret is true.");
        if (pool.AppClients.Count >= MaxPerPool)
            throw RefusedException.LimitExceeded($"Exceeded the limit of {MaxPerPool} app clients in user pool {pool.Id}.");

        var now = userPools.TimeProvider.GetUtcNow();
        var id = input.GetText(AppClientShapes.ChosenId) ?? GeneratedId.CreateClientId();
        var secret = chosen ?? (generates ? GeneratedId.CreateClientSecret() : null);
        var settings = AppClientSettingsReader.Read(
            input, pool, input.GetRequiredText("ClientName"), secret is null ? [] : [ClientSecret.Create(secret, id, now, [])], "creating");
        settings = settings with { AccessTokenClaims = ReadClaims(input, id) };
        return Wrap(pool.Add(new EmulatedAppClient(pool, id, settings, userPools.TakeSequence()) { CreatedAt = now }));
    });

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        // DCR (dynamic client registration) lists clients that registered themselves. The emulator has none.
        var clients = input.GetText("ClientType") == "DCR" ? [] : pool.AppClients;
        return paging.CreatePage(
            $"{ListName} {pool.Id}",
            clients,
            client => client.Sequence,
            input.GetNumber("MaxResults") ?? AppClientShapes.MaxPageSize,
            input.GetText("NextToken"),
            "UserPoolClients",
            AppClientDescription.DescribeInList);
    }

    private JsonObject Update(JsonApiInput input) => userPools.Change(() =>
    {
        var client = userPools.RequireAppClient(input);
        DescribedMembers.RequireUnchanged(
            "UpdateUserPoolClient", input.Members, AppClientDescription.Describe(client), AppClientShapes.DescribedInUpdates);
        var settings = AppClientSettingsReader.Read(
            input, client.UserPool, input.GetText("ClientName") ?? client.ClientName, client.Settings.Secrets, "updating");
        // Cognito does not have the member for claims, so updates that are written for Cognito leave it out. They must not reset the claims.
        client.Update(settings with { AccessTokenClaims = ReadClaims(input, client.ClientId) ?? client.Settings.AccessTokenClaims });
        return Wrap(client);
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

    private static WireSettings? ReadClaims(JsonApiInput input, string clientId) => input.GetElement(AppClientShapes.Claims) is { } claims
        ? ChangeableClaims.Copy([.. JsonObject.Create(claims)!], clientId)
        : null;

    private static JsonObject Wrap(EmulatedAppClient client) => new() { ["UserPoolClient"] = AppClientDescription.Describe(client) };
}
