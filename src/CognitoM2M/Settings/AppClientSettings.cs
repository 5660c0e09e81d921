using CognitoM2M.Secrets;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Settings;

/// <summary>The options of one client, checked and worked out: what no later change of the options object can touch.</summary>
internal sealed class AppClientSettings(string clientName, CognitoM2MClientOptions options)
{
    public string ClientName { get; } = clientName;

    public CognitoTokenRoute Route { get; } = options.Route;

    public Uri Endpoint { get; } = TokenEndpointAddress.For(options);

    public CognitoClientAuthentication Authentication { get; } = options.ClientAuthentication;

    public string ClientId { get; } = options.ClientId!;

    public ClientSecret Secret { get; } = ClientSecret.Of(clientName, options);

    /// <summary>In canonical form.</summary>
    public string Scopes { get; } = ScopeSet.Canonical(options.Scopes);

    /// <summary>In canonical form.</summary>
    public string Metadata { get; } = CognitoTokenRequest.MetadataJson(options.ClientMetadata);

    public Uri? BaseAddress { get; } = options.BaseAddress;

    public TokenDestination Destination { get; } = new(options.BaseAddress, options.AllowedHosts);

    public TimeSpan AttemptTimeout { get; } = options.AttemptTimeout;

    public int MaxAttempts { get; } = options.MaxAttempts;

    /// <summary>The shared tier, if the client uses one.</summary>
    public IDistributedCache? DistributedCache { get; } = options.DistributedCache;

    public TimeSpan DistributedCacheTimeout { get; } = options.DistributedCacheTimeout;

    public double PricePerTokenRequest { get; } = options.PricePerTokenRequest;

    public CognitoWarmUp WarmUp { get; } = options.WarmUp;

    /// <summary>Whether tokens of the one are tokens of the other, apart from scopes and metadata.</summary>
    public bool HasSameCredentials(AppClientSettings other) => Owns(other.KeyFor(null));

    /// <summary>Whether the entry is one of this client's, whatever its scopes and metadata.</summary>
    public bool Owns(TokenEntryKey key) => KeyFor(null) == key with { Scopes = Scopes, Metadata = Metadata };

    public TokenEntryKey KeyFor(CognitoTokenRequest? request) => new(
        Route, Endpoint.AbsoluteUri, Authentication, ClientId, Secret.Identity,
        request?.CanonicalScopes ?? Scopes, request?.CanonicalMetadata ?? Metadata);
}
