using System.Diagnostics;
using CognitoM2M.Http;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The options of one client, checked and worked out: what no later change of the options object can touch.</summary>
internal sealed class AppClientSettings(string clientName, CognitoM2MClientOptions options)
{
    public string ClientName { get; } = clientName;

    public CognitoTokenRoute Route { get; } = options.Route;

    public Uri Endpoint { get; } = TokenEndpointAddress.For(options);

    public CognitoClientAuthentication Authentication { get; } = options.ClientAuthentication;

    public string ClientId { get; } = options.ClientId!;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string ClientSecret { get; } = options.ClientSecret!;

    public string SecretDigest { get; } = TokenEntryKey.DigestOf(options.ClientSecret!);

    /// <summary>In canonical form.</summary>
    public string Scopes { get; } = ScopeSet.Canonical(options.Scopes);

    /// <summary>In canonical form.</summary>
    public string Metadata { get; } = CognitoTokenRequest.MetadataJson(options.ClientMetadata);

    public Uri? BaseAddress { get; } = options.BaseAddress;

    public TokenDestination Destination { get; } = new(options.BaseAddress, options.AllowedHosts);

    public TimeSpan AttemptTimeout { get; } = options.AttemptTimeout;

    public int MaxAttempts { get; } = options.MaxAttempts;

    public CognitoWarmUp WarmUp { get; } = options.WarmUp;

    public TokenEntryKey KeyFor(CognitoTokenRequest? request) => new(
        Route, Endpoint.AbsoluteUri, Authentication, ClientId, SecretDigest,
        request?.CanonicalScopes ?? Scopes, request?.CanonicalMetadata ?? Metadata);
}
