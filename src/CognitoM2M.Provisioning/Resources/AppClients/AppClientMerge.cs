namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Makes the requests that create and update an app client.</summary>
internal static class AppClientMerge
{
    // A description has these members, and an update refuses them.
    private static readonly string[] _readOnly = ["LastModifiedDate", "UserPoolId"];

    /// <param name="userPoolId">The user pool.</param>
    /// <param name="wanted">The app client.</param>
    /// <param name="secret">The secret; null if Cognito makes it.</param>
    /// <param name="chosenId">The client id, for an emulator; null if the service chooses it.</param>
    public static CreateUserPoolClientRequest Create(string userPoolId, AppClientBlueprint wanted, string? secret, string? chosenId = null)
    {
        var usesTokenEndpoint = AppClientFlows.UsesTokenEndpoint(wanted);
        var (validity, unit) = wanted.TokenLifetime is { } lifetime ? AccessTokenLifetime.Format(lifetime) : default;
        return new()
        {
            UserPoolId = userPoolId,
            ClientName = wanted.Name,
            ChosenClientId = chosenId,
            GenerateSecret = secret is null && AppClientSecrecy.IsNewWithSecret(wanted) ? true : null,
            ClientSecret = secret,
            ExplicitAuthFlows = AppClientFlows.ListExplicitAuthFlows(wanted),
            AllowedOAuthFlowsUserPoolClient = usesTokenEndpoint ? true : null,
            AllowedOAuthFlows = usesTokenEndpoint ? AppClientFlows.ListOAuthFlows(wanted) : null,
            AllowedOAuthScopes = wanted.Scopes.Count == 0 ? null : wanted.Scopes,
            CallbackURLs = wanted.CallbackUrls,
            LogoutURLs = wanted.LogoutUrls,
            SupportedIdentityProviders = wanted.SupportedIdentityProviders,
            AccessTokenValidity = unit is null ? null : validity,
            TokenValidityUnits = unit is null ? null : new() { AccessToken = unit },
            AccessTokenClaims = AppClientClaims.Write(wanted),
        };
    }

    /// <summary>All settings of the app client, changed to what the blueprint names. An update resets every setting that it lacks.</summary>
    public static UpdateUserPoolClientRequest Merge(string userPoolId, UserPoolClient client, AppClientBlueprint wanted)
    {
        var (validity, units) = (client.AccessTokenValidity, client.TokenValidityUnits);
        if (wanted.TokenLifetime is { } lifetime && lifetime != AccessTokenLifetime.Read(client))
        {
            (validity, var unit) = AccessTokenLifetime.Format(lifetime);
            // The units of the other two lifetimes are sent as well, so that these lifetimes stay as they are.
            units = (units ?? new()) with { AccessToken = unit, IdToken = units?.IdToken ?? "hours", RefreshToken = units?.RefreshToken ?? "days" };
        }

        return new()
        {
            UserPoolId = userPoolId,
            ClientId = client.ClientId!,
            ClientName = client.ClientName,
            ExplicitAuthFlows = AppClientFlows.ListExplicitAuthFlows(wanted),
            AllowedOAuthFlowsUserPoolClient = AppClientFlows.UsesTokenEndpoint(wanted),
            AllowedOAuthFlows = AppClientFlows.ListOAuthFlows(wanted),
            AllowedOAuthScopes = wanted.Scopes,
            CallbackURLs = wanted.CallbackUrls ?? client.CallbackURLs,
            LogoutURLs = wanted.LogoutUrls ?? client.LogoutURLs,
            SupportedIdentityProviders = wanted.SupportedIdentityProviders ?? client.SupportedIdentityProviders,
            AccessTokenValidity = validity,
            TokenValidityUnits = units,
            AccessTokenClaims = AppClientClaims.Write(wanted) ?? client.AccessTokenClaims,
            OtherMembers = client.OtherMembers?.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
    }
}
