using CognitoM2M.Shared;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>A verifier for one user pool, a stub of the server that publishes its keys, and a clock that the test moves.</summary>
internal sealed class VerifierSetup : IDisposable
{
    private readonly Lazy<CognitoAccessTokenVerifier> _verifier;

    public VerifierSetup(Action<CognitoAccessTokenVerifierOptions>? configure = null, string? keySet = null)
    {
        Server = new KeySetServer(keySet ?? TestKey.CreateKeySet(TestKey.Access));
        Options = new CognitoAccessTokenVerifierOptions { UserPools = [new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId] }] };
        configure?.Invoke(Options);
        _verifier = new Lazy<CognitoAccessTokenVerifier>(() => new CognitoAccessTokenVerifier(Options, Log, Server.CreateClient, Clock));
    }

    public ManualClock Clock { get; } = new();

    public KeySetServer Server { get; }

    public LogRecorder Log { get; } = new();

    public CognitoAccessTokenVerifierOptions Options { get; }

    /// <summary>Created at its first use.</summary>
    public CognitoAccessTokenVerifier Verifier => _verifier.Value;

    /// <summary>Status of the key set of the usual issuer.</summary>
    public CognitoKeySetStatus Status => Verifier.KeySets[0];

    public async Task<TokenRejectionReason?> VerifyAsync(string token) => (await Verifier.VerifyAsync(token)).Rejection?.Reason;

    /// <summary>Moves the clock of the keys by an hour, and waits until they have been downloaded again.</summary>
    public async Task RefreshKeysAsync()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        // The age of keys is measured on the monotonic clock. The wall clock goes back by nearly as much, so that tokens do not expire.
        Clock.JumpWallClock(TimeSpan.FromTicks(1) - TimeSpan.FromHours(1));
        Verifier.VerifyWithHeldKeys(TestToken.Valid);
        while (Status.FetchedAt != Clock.GetUtcNow())
            await Task.Yield();
    }

    public void Dispose()
    {
        if (_verifier.IsValueCreated)
            _verifier.Value.Dispose();
        Server.Dispose();
    }

    /// <summary>Creates the key set of the usual issuer without a verifier.</summary>
    public RemoteKeySet CreateKeySet(CancellationToken stopping = default) =>
        new(new KeySetDownload(new Uri($"{TestToken.Issuer}/.well-known/jwks.json"), Server.CreateClient, Clock), isUsual: true, Clock, new QuietLogger(Log.CreateLogger("keys")), stopping);
}
