using System.Collections.Frozen;
using System.Collections.Immutable;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>
/// Reads the settings of an app client from an input. As in Cognito, a setting that an update leaves out is reset to its default.
/// </summary>
internal static class AppClientSettingsReader
{
    private const string UnitsMember = "TokenValidityUnits";

    /// <summary>Members that are read one by one below, or that are not settings.</summary>
    private static readonly FrozenSet<string> _readSeparately = FrozenSet.Create(
        StringComparer.Ordinal,
    [
        .. AppClientShapes.DescribedInUpdates, AppClientShapes.ChosenId, AppClientShapes.Claims, "UserPoolId", "ClientId", "ClientName", "GenerateSecret",
        "ExplicitAuthFlows", "AllowedOAuthFlows", "AllowedOAuthScopes", "AllowedOAuthFlowsUserPoolClient",
        "AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity", UnitsMember,
    ]);

    /// <param name="input">The input.</param>
    /// <param name="pool">The user pool.</param>
    /// <param name="clientName">The name of the app client.</param>
    /// <param name="secrets">The secrets of the app client.</param>
    /// <param name="verb">What is done, for messages: creating or updating.</param>
    /// <exception cref="RefusedException">The settings break a rule of Cognito.</exception>
    public static AppClientSettings Read(
        JsonApiInput input, EmulatedUserPool pool, string clientName, ImmutableArray<ClientSecret> secrets, string verb)
    {
        var flows = AppClientRules.CheckOAuthFlows(input.GetTextList("AllowedOAuthFlows"), hasSecret: !secrets.IsEmpty);
        var signsUsersIn = flows.Any(flow => flow != AppClientRules.ClientCredentials);
        if (signsUsersIn && input.GetTextList("CallbackURLs").Count == 0)
            throw RefusedException.InvalidParameter("CallbackUrls can not be empty when code flow or implicit flow is selected");

        var units = input.GetStructure(UnitsMember);
        var settings = new AppClientSettings
        {
            ClientName = clientName,
            AllowedOAuthFlowsUserPoolClient = input.GetFlag("AllowedOAuthFlowsUserPoolClient") ?? false,
            AllowedOAuthFlows = flows,
            AllowedOAuthScopes = AppClientRules.CheckOAuthScopes(input.GetTextList("AllowedOAuthScopes"), flows, pool),
            ExplicitAuthFlows = input.Has("ExplicitAuthFlows")
                ? AppClientRules.CheckExplicitAuthFlows(input.GetTextList("ExplicitAuthFlows"))
                : AppClientRules.DefaultAuthFlows,
            AccessTokenValidity = ReadValidity(TokenKind.Access),
            IdTokenValidity = ReadValidity(TokenKind.Id),
            RefreshTokenValidity = ReadValidity(TokenKind.Refresh),
            Secrets = secrets,
            Others = WireSettings.Read(input.Members, _readSeparately),
            LastModifiedAt = pool.Directory.TimeProvider.GetUtcNow(),
        };
        AppClientRules.CheckTogether(settings);
        AppClientRules.CheckValidities(settings);
        ClientAttributeRules.Check(settings, pool, verb);
        return settings;

        TokenValidity ReadValidity(TokenKind kind) => new(input.GetNumber($"{kind.Name}Validity"), units?.GetText(kind.Name));
    }
}
