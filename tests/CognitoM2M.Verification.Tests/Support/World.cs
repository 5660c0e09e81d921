using CognitoM2M.Testing;
using CognitoM2M.Verification.Keys;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>An API that protects itself with tokens of one pool, a stubbed Cognito, and a clock that the test moves.</summary>
internal sealed class World : IDisposable
{
    private readonly Lazy<CognitoAccessTokenVerifier> _verifier;

    public World(Action<CognitoAccessTokenVerifierOptions>? configure = null, string? keySet = null)
    {
        Server = new KeySetServer(keySet ?? TestKey.Set(TestKey.Access));
        Options = new CognitoAccessTokenVerifierOptions { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId] };
        configure?.Invoke(Options);
        _verifier = new Lazy<CognitoAccessTokenVerifier>(() => new CognitoAccessTokenVerifier(Options, Log, Server.CreateClient, Clock));
    }

    public ManualClock Clock { get; } = new();

    public KeySetServer Server { get; }

    public Recorder Log { get; } = new();

    public CognitoAccessTokenVerifierOptions Options { get; }

    public CognitoAccessTokenVerifier Verifier => _verifier.Value;

    public CognitoKeySetStatus Status => Verifier.KeySets[0];

    public async Task<TokenRejectionReason?> VerifyAsync(string token) => (await Verifier.VerifyAsync(token)).Rejection?.Reason;

    /// <summary>Lets the keys grow old, and waits until they have been read again.</summary>
    public async Task LookAgainAsync()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        // For keys the monotonic clock counts. The wall clock goes back, nearly, so that tokens do not expire.
        Clock.JumpWallClock(TimeSpan.FromTicks(1) - TimeSpan.FromHours(1));
        Verifier.TryVerify(TestToken.Valid, out _);
        while (Status.FetchedAt != Clock.GetUtcNow())
            await Task.Yield();
    }

    public IEnumerable<string> Logged(LogLevel level) => Log.Lines.Where(line => line.StartsWith($"{level} ", StringComparison.Ordinal));

    public void Dispose()
    {
        if (_verifier.IsValueCreated)
            _verifier.Value.Dispose();
        Server.Dispose();
    }

    /// <summary>A key set alone, without a verifier around it.</summary>
    public RemoteKeySet CreateKeySet(CancellationToken stopping = default) =>
        new(new KeySetDownload(new Uri($"{TestToken.Issuer}/.well-known/jwks.json"), Server.CreateClient, Clock), isUsual: true, Clock, Log.CreateLogger("keys"), stopping);
}
