using System.Collections.Frozen;
using System.Collections.Immutable;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>The settings of an app client as an input states them. What is left out has its default, on update too.</summary>
internal static class AppClientMembers
{
    private const string UnitsMember = "TokenValidityUnits";

    /// <summary>Read below, or no settings at all.</summary>
    private static readonly FrozenSet<string> _notKept = new[]
    {
        "UserPoolId", "ClientId", "ClientName", "GenerateSecret", "ClientSecret", "CreationDate", "LastModifiedDate", "ClientType",
        "ExplicitAuthFlows", "AllowedOAuthFlows", "AllowedOAuthScopes", "AllowedOAuthFlowsUserPoolClient",
        "AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity", UnitsMember,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="RefusedException">Cognito would refuse the settings.</exception>
    public static AppClientSettings Read(
        JsonApiInput input, EmulatedUserPool pool, string clientName, ImmutableArray<ClientSecret> secrets)
    {
        var flows = AppClientRules.CheckOAuthFlows(input.TextList("AllowedOAuthFlows"), hasSecret: !secrets.IsEmpty);
        var signsUsersIn = flows.Any(flow => flow != AppClientRules.ClientCredentials);
        if (signsUsersIn && input.TextList("CallbackURLs").Count == 0)
            throw RefusedException.InvalidParameter("CallbackUrls can not be empty when code flow or implicit flow is selected");

        var units = input.Structure(UnitsMember);
        var settings = new AppClientSettings
        {
            ClientName = clientName,
            AllowedOAuthFlowsUserPoolClient = input.Flag("AllowedOAuthFlowsUserPoolClient") ?? false,
            AllowedOAuthFlows = flows,
            AllowedOAuthScopes = AppClientRules.CheckOAuthScopes(input.TextList("AllowedOAuthScopes"), flows, pool),
            ExplicitAuthFlows = input.Has("ExplicitAuthFlows")
                ? AppClientRules.CheckExplicitAuthFlows(input.TextList("ExplicitAuthFlows"))
                : AppClientRules.DefaultAuthFlows,
            AccessTokenValidity = Validity(TokenKind.Access),
            IdTokenValidity = Validity(TokenKind.Id),
            RefreshTokenValidity = Validity(TokenKind.Refresh),
            Secrets = secrets,
            Others = SettingsBag.From(input.Members, _notKept),
            LastModifiedAt = pool.Directory.TimeProvider.GetUtcNow(),
        };
        AppClientRules.CheckTogether(settings);
        AppClientRules.CheckValidities(settings);
        return settings;

        TokenValidity Validity(TokenKind kind) => new(input.Number($"{kind.Name}Validity"), units?.Text(kind.Name));
    }
}
