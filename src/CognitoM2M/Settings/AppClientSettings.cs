using CognitoM2M.Secrets;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.Settings;

/// <summary>The settings of one client, made from its checked options. Later changes of the options object have no effect.</summary>
/// <param name="clientName">The client's name.</param>
/// <param name="options">Its options; valid.</param>
/// <param name="former">The settings that these replace, if there are any. If the secret still comes from the same place, the secret that was read is kept.</param>
internal sealed class AppClientSettings(string clientName, CognitoM2MClientOptions options, AppClientSettings? former = null)
{
    private const string ScopesNotSupported =
        "The request asks for scopes, and the token of a user that signs in with a password cannot have them: its only scope is aws.cognito.signin.user.admin. "
        + "Remove the scopes from the request, or use a client with the route OAuth2 or GetClientToken.";

    public string ClientName { get; } = clientName;

    public CognitoTokenRoute Route { get; } = options.Route;

    public Uri Endpoint { get; } = TokenEndpointAddress.Create(options);

    public CognitoClientAuthentication Authentication { get; } = options.ClientAuthentication;

    public string ClientId { get; } = options.ClientId!;

    public Secret Secret { get; } = Secret.Create(clientName, options, former?.Secret);

    /// <summary>The user to sign in; null on the routes of machines.</summary>
    public string? Username { get; } = options.Route == CognitoTokenRoute.UserPassword ? options.Username : null;

    /// <summary>Which token of a user is sent.</summary>
    public CognitoTokenKind TokenKind { get; } = options.TokenKind;

    /// <summary>The region, if the options say it.</summary>
    public string? Region { get; } = string.IsNullOrEmpty(options.Region) ? null : options.Region;

    public bool RevokeRefreshTokenOnDispose { get; } = options.RevokeRefreshTokenOnDispose;

    /// <summary>The scopes to ask for, in canonical form.</summary>
    public string Scopes { get; } = ScopeSet.Join(options.Scopes);

    /// <summary>The client metadata, in canonical form.</summary>
    public string Metadata { get; } = CognitoTokenRequest.WriteMetadata(options.ClientMetadata);

    /// <summary>The base address of HttpClients. Ends in a slash: without it, HttpClient replaces the last segment of the path by what is called.</summary>
    public Uri? BaseAddress { get; } = EndInSlash(options.BaseAddress);

    public TokenDestination Destination { get; } = new(options.BaseAddress, options.AllowedHosts, new PlainHttpHosts(options.PlainHttpHosts));

    public bool ReplayAfterRejection { get; } = options.ReplayAfterRejection;

    /// <summary>The hosts that may be called over plain http, as they were written.</summary>
    public IReadOnlyList<string> PlainHttpHosts { get; } = [.. options.PlainHttpHosts];

    /// <summary>Whether the token goes to any https address, and nobody wrote down that this is wanted.</summary>
    public bool IsUnrestricted { get; } = options is { BaseAddress: null, AllowedHosts.Count: 0, AllowAnyHost: false };

    public FetchLimits Limits { get; } = FetchLimits.Create(options);

    /// <summary>How long a token must still be valid. Not part of the key: clients with different minimums share an entry.</summary>
    public TimeSpan MinimumRemainingLifetime { get; } = options.MinimumRemainingLifetime;

    public CognitoWarmUp WarmUp { get; } = options.WarmUp;

    /// <summary>The key of the entry for a request; null for the scopes and metadata of the settings.</summary>
    /// <exception cref="CognitoTokenException">The request asks for scopes, and the route has none.</exception>
    public TokenEntryKey CreateKey(CognitoTokenRequest? request) => Route == CognitoTokenRoute.UserPassword && request?.CanonicalScopes is { Length: > 0 }
        ? throw new CognitoTokenException(ClientName, CognitoTokenErrors.ScopesNotSupported, ScopesNotSupported)
        : CreateKey(request?.CanonicalScopes ?? Scopes, request?.CanonicalMetadata ?? Metadata);

    /// <summary>Converts a key of the client's other settings: returns the key that the same request has under these settings.</summary>
    public TokenEntryKey CreateKeyLike(TokenEntryKey other, AppClientSettings settingsOfOther) =>
        other == settingsOfOther.CreateKey(null) ? CreateKey(null) : CreateKey(other.Scopes, other.Metadata);

    /// <summary>Whether the key is for a request of this client, with any scopes and metadata.</summary>
    public bool Owns(TokenEntryKey key) => key == CreateKey(key.Scopes, key.Metadata);

    private static Uri? EndInSlash(Uri? address) => address is null || address.AbsolutePath.EndsWith('/')
        ? address
        : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;

    private TokenEntryKey CreateKey(string scopes, string metadata) =>
        new(Route, Endpoint.AbsoluteUri, Authentication, ClientId, Secret.Identity, scopes, metadata) { Username = Username, TokenKind = TokenKind, Limits = Limits };
}
