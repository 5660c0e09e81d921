using Microsoft.Extensions.Options;

namespace CognitoM2M.Testing.Settings;

/// <summary>Makes the clients of a service get their tokens from a fixture.</summary>
internal sealed class TokensFromFixture(CognitoFixture cognito) : IPostConfigureOptions<CognitoM2MClientOptions>
{
    public void PostConfigure(string? name, CognitoM2MClientOptions options)
    {
        if (IsUnknown(options))
            return;

        var client = options.Route == CognitoTokenRoute.UserPassword
            ? cognito.Clients.GetOrCreateForUsers(name ?? "", options.ClientId)
            : cognito.Clients.GetOrCreate(name ?? "", options.ClientId, options.Scopes);
        options.Domain = null;
        options.Region = null;
        options.UseFips = false;
        options.TokenEndpoint = options.Route == CognitoTokenRoute.OAuth2 ? cognito.Emulator.TokenEndpoint : cognito.Emulator.BaseAddress;
        options.ClientId = client.ClientId;
        options.ClientSecret = client.ClientSecret;
        options.ClientSecretFile = null;
        options.ClientSecretSource = null;
        if (options.Route == CognitoTokenRoute.UserPassword && !string.IsNullOrEmpty(options.Username))
        {
            options.Password = cognito.Users.GetPassword(options.Username);
            options.PasswordFile = null;
            options.PasswordSource = null;
        }
    }

    /// <summary>A name that nobody registered has no settings at all. It must fail in tests as it does in production.</summary>
    private static bool IsUnknown(CognitoM2MClientOptions options) =>
        options is
        {
            ClientId: null, ClientSecret: null, ClientSecretFile: null, ClientSecretSource: null, Domain: null, TokenEndpoint: null,
            Region: null, BaseAddress: null, AllowedHosts.Count: 0, Scopes.Count: 0,
        };
}
