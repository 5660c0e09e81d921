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
public sealed class CognitoM2MClient : IDisposable
{
    private readonly HttpClient _tokenHttp;
    private readonly CachingTokenProvider _provider;
    private readonly AppClient _client;
    private readonly SettingsWarnings _warnings;

    /// <summary>Checks the options and makes the client. Sends nothing.</summary>
    /// <param name="options">The settings. They are copied, so later changes of the object have no effect. <c>WarmUp</c> is ignored.</param>
    /// <param name="loggerFactory">Makes the logger; null to log nothing.</param>
    /// <param name="tokenEndpointHandler">Sends the token requests, for a proxy or a test. Its redirects and cookies are switched off, unless it has sent a request before; then redirects are refused, and nothing is changed. It is disposed with the client. By default a new <see cref="SocketsHttpHandler"/> that uses the proxy of the process, but not for loopback addresses.</param>
    /// <param name="timeProvider">The clock; the system clock by default.</param>
    /// <exception cref="OptionsValidationException">The options are wrong. All errors are listed.</exception>
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
        _tokenHttp = PrimaryHandlers.CreateTokenClient(tokenEndpointHandler ?? PrimaryHandlers.Create(), disposeHandler: true);
        _warnings = new SettingsWarnings(logger);
        var settings = new AppClientSettings(name, options);
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
    /// <param name="innerHandler">Sends the requests. By default a new <see cref="SocketsHttpHandler"/> that uses the proxy of the process, but not for loopback addresses. Disposed with the handler.</param>
    public DelegatingHandler CreateHandler(HttpMessageHandler? innerHandler = null)
    {
        _warnings.WarnOfMissingRestriction(_client.Current.Settings);
        return new CognitoTokenHandler(_client) { InnerHandler = innerHandler ?? PrimaryHandlers.Create() };
    }

    /// <summary>Makes an HttpClient that carries the token and has the <c>BaseAddress</c> of the options. Make one and keep it.</summary>
    public HttpClient CreateHttpClient() => new(CreateHandler()) { BaseAddress = _client.Current.Settings.BaseAddress };

    /// <summary>Ends fetches in flight. HttpClients and handlers that this client made are not disposed.</summary>
    public void Dispose()
    {
        _provider.Dispose();
        _tokenHttp.Dispose();
    }
}
