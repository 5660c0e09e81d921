using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Http;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M;

/// <summary>
/// One app client without a container, for console programs, functions and scripts. Make one and keep it as long as the program runs: it
/// holds the cached token. Safe for use by many threads.
/// </summary>
public sealed class CognitoM2MClient : IDisposable, IAsyncDisposable
{
    private readonly HttpClient _tokenHttp;
    private readonly CachingTokenProvider _provider;
    private readonly AppClient _client;
    private readonly SettingsWarnings _warnings;

    /// <summary>Checks the options and makes the client. Sends nothing.</summary>
    /// <param name="options">The settings. They are copied, so later changes of the object have no effect. <c>WarmUp</c> is ignored.</param>
    /// <param name="loggerFactory">Makes the logger; null to log nothing.</param>
    /// <param name="tokenEndpointHandler">Sends the token requests, for a proxy or a test. It is not changed, and is disposed with the client. If it follows a redirect, the token request fails, and the secret does not go to the other address. By default a new <see cref="SocketsHttpHandler"/> that uses the proxy of the process for https.</param>
    /// <param name="timeProvider">The clock; the system clock by default.</param>
    /// <exception cref="OptionsValidationException">The options are wrong. All errors are listed.</exception>
    /// <exception cref="InvalidOperationException">The <paramref name="tokenEndpointHandler"/> could give the secret away. The message says how, and what to change.</exception>
    public CognitoM2MClient(
        CognitoM2MClientOptions options,
        ILoggerFactory? loggerFactory = null,
        HttpMessageHandler? tokenEndpointHandler = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        var name = options.ClientId ?? "";
        var validation = new ClientOptionsValidator([new ClientRegistration(name)], references: []).Validate(name, options);
        if (validation.Failed)
            throw new OptionsValidationException(name, typeof(CognitoM2MClientOptions), validation.Failures);

        var logger = QuietLogger.Create(loggerFactory, CognitoM2MDiagnostics.LogCategoryName);
        var settings = new AppClientSettings(name, options);
        var tokenHandler = tokenEndpointHandler ?? PrimaryHandler.Create();
        ProxyGuard.Check(tokenHandler, settings.Endpoint);
        _tokenHttp = PrimaryHandlers.CreateTokenClient(tokenHandler, disposeHandler: true);
        _warnings = new SettingsWarnings(logger);
        _warnings.WarnOfPlainHttp(settings);
        _provider = new CachingTokenProvider(
            new FixedSettingsSource(settings),
            () => _tokenHttp,
            timeProvider ?? TimeProvider.System,
            new Instruments(logger, meterFactory: null));
        _client = _provider.GetClient(name);
    }

    /// <inheritdoc cref="ICognitoTokenProvider.GetTokenAsync(string, CancellationToken)"/>
    public ValueTask<CognitoAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
        _provider.GetTokenAsync(_client.Name, cancellationToken);

    /// <inheritdoc cref="ICognitoTokenProvider.GetTokenAsync(string, CognitoTokenRequest?, CancellationToken)"/>
    public ValueTask<CognitoAccessToken> GetTokenAsync(CognitoTokenRequest? request, CancellationToken cancellationToken = default) =>
        _provider.GetTokenAsync(_client.Name, request, cancellationToken);

    /// <inheritdoc cref="ICognitoTokenProvider.ReplaceRejectedTokenAsync"/>
    public ValueTask<CognitoAccessToken?> ReplaceRejectedTokenAsync(
        CognitoAccessToken rejectedToken, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default) =>
        _provider.ReplaceRejectedTokenAsync(_client.Name, rejectedToken, request, cancellationToken);

    /// <summary>Makes a handler that puts the token on each request, for your own HttpClient.</summary>
    /// <param name="innerHandler">Sends the requests. It is not changed, and is disposed with the handler. By default a new <see cref="SocketsHttpHandler"/> that uses the proxy of the process, but not for loopback addresses and <c>PlainHttpHosts</c>.</param>
    public DelegatingHandler CreateHandler(HttpMessageHandler? innerHandler = null)
    {
        _warnings.WarnOfMissingRestriction(_client.Current.Settings);
        var handler = new CognitoTokenHandler(_client);
        handler.InnerHandler = innerHandler ?? PrimaryHandlers.CreateForCalls(handler.Destination.AcceptsPlainHttp);
        return handler;
    }

    /// <summary>Makes an HttpClient that carries the token and has the <c>BaseAddress</c> of the options. Make one and keep it.</summary>
    public HttpClient CreateHttpClient() => new(CreateHandler()) { BaseAddress = _client.Current.Settings.BaseAddress };

    /// <summary>
    /// Ends fetches in flight. HttpClients and handlers that this client made are not disposed. With <c>RevokeRefreshTokenOnDispose</c> this
    /// blocks for up to 5 seconds; prefer <see cref="DisposeAsync"/>.
    /// </summary>
    public void Dispose()
    {
        _provider.Dispose();
        _tokenHttp.Dispose();
    }

    /// <summary>Ends fetches in flight, and revokes the refresh token if <c>RevokeRefreshTokenOnDispose</c> is set. HttpClients and handlers that this client made are not disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync().ConfigureAwait(false);
        _tokenHttp.Dispose();
    }
}
