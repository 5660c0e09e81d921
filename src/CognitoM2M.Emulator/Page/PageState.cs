using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Page;

/// <summary>Describes the emulator for the page: user pools, faults, and what app clients do. Without secrets.</summary>
internal sealed class PageState(string region, UserPoolDirectory userPools, EmulatorFaults faults, TokenRequestLog log)
{
    public JsonObject Describe() => new()
    {
        ["region"] = region,
        ["address"] = userPools.BaseAddress.GetLeftPart(UriPartial.Authority),
        ["tokenEndpoint"] = new Uri(userPools.BaseAddress, "oauth2/token").AbsoluteUri,
        ["clearedUpTo"] = log.ClearedUpTo,
        ["pools"] = new JsonArray([.. userPools.All.Select(DescribePool)]),
        ["faults"] = FaultChoices.Describe(faults),
        ["activity"] = DescribeActivity(),
    };

    private static JsonObject DescribePool(EmulatedUserPool pool)
    {
        var (accessKey, idKey, oldKeys) = pool.SigningKeys.Export();
        return new JsonObject
        {
            ["id"] = pool.Id,
            ["name"] = pool.Name,
            ["issuer"] = pool.Issuer,
            ["jwksUri"] = pool.JwksUri.AbsoluteUri,
            ["domains"] = CreateList(pool.Domains.Select(domain => domain.Name)),
            ["scopes"] = new JsonArray([.. pool.ResourceServers.Select(server => new JsonObject
            {
                ["resourceServer"] = server.Identifier,
                ["names"] = CreateList(server.Scopes.Select(scope => scope.Name)),
            })]),
            ["clients"] = new JsonArray([.. pool.AppClients.Select(DescribeClient)]),
            ["keys"] = new JsonObject
            {
                ["accessTokens"] = accessKey?.KeyId,
                ["idTokens"] = idKey?.KeyId,
                ["former"] = CreateList(oldKeys.Select(key => key.KeyId)),
            },
        };
    }

    private static JsonObject DescribeClient(EmulatedAppClient client)
    {
        var settings = client.Settings;
        return new JsonObject
        {
            ["id"] = client.ClientId,
            ["name"] = settings.ClientName,
            ["scopes"] = CreateList(settings.AllowedOAuthScopes),
            ["flows"] = CreateList(settings.AllowedOAuthFlows.Concat(settings.AllowsClientTokenAuth ? [AppClientRules.ClientTokenAuth] : [])),
            ["lifetime"] = Duration.Describe(settings.GetLifetime(TokenKind.Access)),
            ["secrets"] = settings.Secrets.Length,
        };
    }

    private JsonObject DescribeActivity()
    {
        var requests = log.ReadAfter(0);
        var clients = ClientActivity.Summarize(requests, requests.Count < TokenRequestLog.Capacity, userPools.TimeProvider.GetUtcNow());
        return new JsonObject
        {
            ["windowMinutes"] = ClientActivity.Window.TotalMinutes,
            ["usdPerRequest"] = Prices.Default.PerTokenRequest,
            ["pricesAsOf"] = Prices.AsOf,
            ["clients"] = new JsonArray([.. clients.OrderByDescending(client => client.MonthlyRequests).Select(DescribeActivityOfClient)]),
        };
    }

    private JsonObject DescribeActivityOfClient(ClientActivity client) => new()
    {
        ["clientId"] = client.ClientId,
        ["name"] = userPools.FindClient(client.ClientId)?.ClientName,
        ["requests"] = client.Requests,
        ["issued"] = client.Issued,
        ["unneeded"] = client.Unneeded,
        ["failed"] = client.Failed,
        ["lastError"] = client.LastError,
        ["tooMany"] = client.AsksForTooMany,
        ["monthlyRequests"] = client.MonthlyRequests,
        ["monthlyUsd"] = Prices.Default.Calculate(client.MonthlyRequests, appClients: 0),
        ["renewals"] = client.MonthlyRenewals,
        ["renewalsUsd"] = Prices.Default.Calculate(client.MonthlyRenewals, appClients: 0),
    };

    private static JsonArray CreateList(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
