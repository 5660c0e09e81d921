using System.Net;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Doctor;

/// <summary>
/// The evidence of one run. Each piece is gathered once, when a check first needs it. The checks run one after the other.
/// </summary>
internal sealed class Examination(ToolHost host, Func<CancellationToken, Task<Subject>> readSubject) : IDisposable
{
    private readonly EnvironmentProxy _proxy = new(proxy: host.Proxy);
    private Subject? _subject;
    private Task<ProbeResult>? _probe;
    private Task<AccountReading>? _account;
    private TokenVerification? _verification;

    public ToolHost Host => host;

    public TimeProvider Time => host.TimeProvider;

    /// <summary>Whether the settings were read, so that there is a <see cref="Subject"/>.</summary>
    public bool HasSubject => _subject is not null;

    public Subject Subject => _subject ?? throw new InvalidOperationException("The settings were not read.");

    /// <summary>The failed check because of which the token endpoint cannot be used; null if there is none.</summary>
    public string? Obstacle { get; set; }

    /// <summary>The failed check that explains why Cognito refused the token request; null if none does yet.</summary>
    public string? RefusalReason { get; set; }

    /// <summary>The IP addresses of the token endpoint, or of the proxy; empty until they are known.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; set; } = [];

    /// <summary>The proxy for the token endpoint; null if the connection is direct.</summary>
    public Uri? ProxyAddress => _proxy.IsBypassed(Subject.Endpoint) ? null : _proxy.GetProxy(Subject.Endpoint);

    /// <summary>The server that this machine connects to: the token endpoint, or the proxy.</summary>
    public Uri NextHop => ProxyAddress ?? Subject.Endpoint;

    /// <summary>What the library got for its token request; null if no request was sent.</summary>
    public TokenAnswer? Answer { get; private set; }

    /// <summary>Whether the probe was sent, because everything before it passed.</summary>
    public bool IsProbed => _probe is not null;

    public async Task ReadSubjectAsync(CancellationToken cancellationToken) => _subject = await readSubject(cancellationToken).ConfigureAwait(false);

    /// <summary>Asks the token endpoint who it is, without a secret.</summary>
    public Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken) =>
        _probe ??= EndpointProbe.SendAsync(Subject.Endpoint, _proxy, Time, cancellationToken);

    /// <summary>Reads the settings in Cognito.</summary>
    public Task<AccountReading> ReadAccountAsync(CancellationToken cancellationToken) =>
        _account ??= AccountReading.ReadAsync(host, Subject, cancellationToken);

    /// <summary>Sends the one token request.</summary>
    public async Task<TokenAnswer> RequestTokenAsync(CancellationToken cancellationToken) =>
        Answer ??= await TokenAnswer.RequestAsync(Subject, CreateHandler(), Time, cancellationToken).ConfigureAwait(false);

    /// <summary>Prepares the verification of the token; null if there is no token, or if nothing says where its keys are.</summary>
    public async Task<TokenVerification?> PrepareVerificationAsync(CancellationToken cancellationToken)
    {
        if (_verification is not null || Answer?.Token is not { } token)
            return _verification;

        // The account is read here only if an earlier check has read it: a token can be verified without a permission in the account.
        var known = _account is null ? null : (await ReadAccountAsync(cancellationToken).ConfigureAwait(false)).Inspection?.UserPool?.Id;
        return _verification = TokenVerification.Create(Subject, token, known, Time);
    }

    /// <summary>Creates a handler for one client. It uses the proxy and follows no redirects.</summary>
    public SocketsHttpHandler CreateHandler() => new() { AllowAutoRedirect = false, UseCookies = false, Proxy = _proxy };

    public void Dispose() => _verification?.Dispose();
}
