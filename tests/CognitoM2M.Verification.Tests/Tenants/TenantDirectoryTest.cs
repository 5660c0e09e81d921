using CognitoM2M.Shared;
using CognitoM2M.Testing;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Steps;
using CognitoM2M.Verification.Tenants;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>Base of the tests of the directory of tenants alone: an application that answers, and a clock that the test moves. A tenant lives for five minutes.</summary>
public abstract class TenantDirectoryTest : IDisposable
{
    private protected const string Issuer = "https://tenant.example/a";

    private protected static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopping = new();

    private protected ManualClock Clock { get; } = new();

    private protected LogRecorder Log { get; } = new();

    /// <summary>The app clients that the application was asked about.</summary>
    private protected List<string> Asked { get; } = [];

    /// <summary>For each report of dropped tenants, the app clients of the tenants that are left.</summary>
    private protected List<string[]> Left { get; } = [];

    /// <summary>What the application answers: by default, it knows every tenant.</summary>
    private protected Func<string, Task<TrustedUserPool?>> Answer { get; set; } = Know;

    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static TenantKey Key(string clientId) => new(Issuer, clientId);

    private protected static Task<TrustedUserPool?> Know(string clientId) => Task.FromResult<TrustedUserPool?>(new() { Issuer = Issuer, ClientIds = [clientId] });

    private protected static Task<TrustedUserPool?> Deny(string clientId) => Task.FromResult<TrustedUserPool?>(null);

    private protected static Task<TrustedUserPool?> Fail(string clientId) => throw new TimeoutException("The store does not answer.");

    private protected TenantDirectory<CognitoAccessTokenClaims> Create(int maxTenants = 100)
    {
        var options = new CognitoAccessTokenVerifierOptions { MaxTenants = maxTenants, TenantLifetime = _lifetime };
        options.FindTenant = (_, clientId, _) =>
        {
            lock (Asked)
                Asked.Add(clientId);
            return Answer(clientId);
        };
        var instruments = VerificationInstruments.Get(null);
        var keys = new FixedKeySet(null!);
        return new TenantDirectory<CognitoAccessTokenClaims>(
            options,
            new TenantResolver(options, Clock, new QuietLogger(Log.CreateLogger("tenants")), _stopping.Token),
            pool => new(
                new VerificationSettings { UserPools = [pool], FindKeySet = (_, _) => keys, CacheSize = 1, MaxTokenLength = 8192 },
                new AccessTokenKind(options),
                Clock,
                instruments),
            left => Left.Add([.. left.SelectMany(steps => steps.Pools[0][0].ClientIds!).Order(StringComparer.Ordinal)]),
            Clock);
    }

    /// <summary>Lets the application know a tenant that had a valid token.</summary>
    private protected static async Task<Tenant<CognitoAccessTokenClaims>> AdmitAsync(TenantDirectory<CognitoAccessTokenClaims> tenants, string clientId)
    {
        var tenant = await tenants.FindAsync(Key(clientId), CancellationToken.None);
        tenants.Admit(tenant);
        return tenant;
    }

    /// <summary>Ends the questions in flight.</summary>
    private protected Task StopAsync() => _stopping.CancelAsync();
}
