using System.Text.Json;
using CognitoM2M.Provisioning.Resources.AppClients;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>The operations on app clients and their secrets.</summary>
internal static class FakeAppClients
{
    private static readonly string[] _defaultFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

    public static void AddTo(FakeCognito cognito)
    {
        AddClientOperations(cognito);
        AddSecretOperations(cognito);
    }

    private static void AddClientOperations(FakeCognito cognito)
    {
        cognito.Answer(AppClientOperations.Create, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            CheckScopes(pool, request.AllowedOAuthScopes);
            var client = cognito.AddClient(pool, request.ClientName, request.GenerateSecret == true, request.ClientSecret);
            client.Settings = new UserPoolClient
            {
                ExplicitAuthFlows = request.ExplicitAuthFlows ?? _defaultFlows,
                AllowedOAuthFlows = request.AllowedOAuthFlows,
                AllowedOAuthScopes = request.AllowedOAuthScopes,
                CallbackURLs = request.CallbackURLs,
                LogoutURLs = request.LogoutURLs,
                SupportedIdentityProviders = request.SupportedIdentityProviders,
                AllowedOAuthFlowsUserPoolClient = request.AllowedOAuthFlowsUserPoolClient ?? false,
                AccessTokenValidity = request.AccessTokenValidity,
                TokenValidityUnits = request.TokenValidityUnits,
            };
            return new(Describe(client));
        });

        cognito.Answer(AppClientOperations.Describe, request => new(Describe(Find(cognito, request.UserPoolId, request.ClientId))));

        cognito.Answer(AppClientOperations.List, request =>
        {
            var (page, next) = cognito.TakePage([.. cognito.FindPool(request.UserPoolId).Clients.Where(client => client.ShowsAt <= cognito.Now)], request.MaxResults, 60, request.NextToken);
            return new([.. page.Select(client => new UserPoolClientDescription { ClientId = client.Id, ClientName = client.Name })], next);
        });

        cognito.Answer(AppClientOperations.Update, request =>
        {
            var client = Find(cognito, request.UserPoolId, request.ClientId);
            CheckScopes(cognito.FindPool(request.UserPoolId), request.AllowedOAuthScopes);
            client.Settings = new UserPoolClient
            {
                ExplicitAuthFlows = request.ExplicitAuthFlows ?? _defaultFlows,
                AllowedOAuthFlows = request.AllowedOAuthFlows,
                AllowedOAuthScopes = request.AllowedOAuthScopes,
                CallbackURLs = request.CallbackURLs,
                LogoutURLs = request.LogoutURLs,
                SupportedIdentityProviders = request.SupportedIdentityProviders,
                AllowedOAuthFlowsUserPoolClient = request.AllowedOAuthFlowsUserPoolClient ?? false,
                AccessTokenValidity = request.AccessTokenValidity,
                TokenValidityUnits = request.TokenValidityUnits,
                OtherMembers = request.OtherMembers,
            };
            return new(Describe(client));
        });

        cognito.Answer(AppClientOperations.Delete, request =>
        {
            cognito.FindPool(request.UserPoolId).Clients.Remove(Find(cognito, request.UserPoolId, request.ClientId));
        });
    }

    private static void AddSecretOperations(FakeCognito cognito)
    {
        cognito.Answer(AppClientOperations.AddSecret, request =>
        {
            var client = Find(cognito, request.UserPoolId, request.ClientId);
            if (client.Secrets.Count == 2)
                throw new Refusal("LimitExceededException", "Too many secrets.");
            var added = client.AddSecret(request.ClientSecret);
            return new(request.ClientSecret is null ? added : added with { ClientSecretValue = null });
        });

        cognito.Answer(AppClientOperations.ListSecrets, request => new(
            [.. Find(cognito, request.UserPoolId, request.ClientId).Secrets.Select(secret => secret with { ClientSecretValue = null })], NextToken: null));

        cognito.Answer(AppClientOperations.DeleteSecret, request =>
        {
            var client = Find(cognito, request.UserPoolId, request.ClientId);
            if (client.Secrets.Count == 1)
                throw new Refusal("InvalidParameterException", "The last secret cannot be deleted.");
            client.Secrets.RemoveAll(secret => secret.ClientSecretId == request.ClientSecretId);
        });

        cognito.Answer(AppClientOperations.GetToken, request =>
        {
            var client = cognito.Pools.SelectMany(pool => pool.Clients).FirstOrDefault(client => client.Id == request.ClientId);
            if (client?.Secrets.Any(secret => secret.ClientSecretValue == request.Secret) != true)
                throw new Refusal("NotAuthorizedException", "Invalid client or secret");
            if (client.Settings.ExplicitAuthFlows is not ["ALLOW_CLIENT_TOKEN_AUTH"])
                throw new Refusal("NotAuthorizedException", "Flow not enabled for this client.");
            return new(new() { AccessToken = FakeToken.Create(request.Scopes ?? []), ExpiresIn = 3600, TokenType = "Bearer" });
        });
    }

    private static FakeClient Find(FakeCognito cognito, string poolId, string id) =>
        cognito.FindPool(poolId).Clients.FirstOrDefault(client => client.Id == id)
        ?? throw new Refusal("ResourceNotFoundException", $"User pool client {id} does not exist.");

    private static void CheckScopes(FakePool pool, IReadOnlyList<string>? scopes)
    {
        var declared = pool.Servers.SelectMany(server => (server.Scopes ?? []).Select(scope => $"{server.Identifier}/{scope.ScopeName}"));
        if ((scopes ?? []).Except(declared).FirstOrDefault() is { } unknown)
            throw new Refusal("ScopeDoesNotExistException", $"Invalid scope requested: {unknown}");
    }

    private static UserPoolClient Describe(FakeClient client) => client.Settings with
    {
        ClientId = client.Id,
        ClientName = client.Name,
        CreationDate = client.CreationDate,
        // Cognito never shows here a secret that was added later.
        ClientSecret = client.Secrets.FirstOrDefault(secret => secret.ClientSecretId == $"{client.Id}--1")?.ClientSecretValue,
        OtherMembers = new Dictionary<string, JsonElement>(client.Settings.OtherMembers ?? new Dictionary<string, JsonElement>())
        {
            ["LastModifiedDate"] = FakeCognito.Json("1689721665.239"),
            ["UserPoolId"] = FakeCognito.Json("\"some\""),
        },
    };
}
