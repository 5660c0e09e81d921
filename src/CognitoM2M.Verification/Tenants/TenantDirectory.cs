using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Steps;

namespace CognitoM2M.Verification.Tenants;

/// <summary>
/// The tenants that the application's resolver has named, and those that it does not know. All are kept for a time, and all are bounded. At most one
/// question about a tenant is in flight, and all callers share it. Anybody can name tenants, so tenants that had a valid token have places and
/// questions of their own.
/// </summary>
/// <param name="options">Options that are valid, with a resolver.</param>
/// <param name="resolver">Asks the application.</param>
/// <param name="createSteps">Creates the verification of the tokens of a user pool.</param>
/// <param name="drop">Called with the verifications in use when others were dropped.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class TenantDirectory<TClaims>(
    CognitoTokenVerifierOptions options,
    TenantResolver resolver,
    Func<TrustedUserPool, VerificationSteps<TClaims>> createSteps,
    Action<IEnumerable<VerificationSteps<TClaims>>> drop,
    TimeProvider timeProvider)
    where TClaims : CognitoTokenClaims
{
    private const int MaxQuestions = 32;
    private const int MaxCandidates = 1_000;
    private const int MaxUnknown = 10_000;

    // The pause after a failed question about a tenant.
    private static readonly TimeSpan _pauseOfStranger = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pauseOfTenant = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TenantMap<TClaims> _admitted = new(options.MaxTenants);
    private readonly TenantMap<TClaims> _candidates = new(MaxCandidates);
    private readonly TenantMap<TClaims> _unknown = new(MaxUnknown);
    private readonly Dictionary<TenantKey, Task<Tenant<TClaims>>> _questions = [];
    private readonly Dictionary<TenantKey, Task<Tenant<TClaims>>> _renewals = [];
    private readonly long _start = timeProvider.GetTimestamp();

    // How long a tenant stays trusted in an outage of the resolver: eleven more lifetimes, and an hour at most.
    private readonly TimeSpan _grace = TimeSpan.FromTicks(Math.Min(options.TenantLifetime.Ticks * 11, TimeSpan.TicksPerHour));

    private int _dropped;

    private TimeSpan Now => timeProvider.GetElapsedTime(_start);

    /// <summary>Returns the answer that is held; null if the resolver has to be asked. If the answer ends soon, the question starts in the background.</summary>
    public Tenant<TClaims>? FindHeld(TenantKey key)
    {
        var now = Now;
        if ((_admitted.Find(key) ?? _candidates.Find(key) ?? _unknown.Find(key)) is not { } tenant || now >= tenant.EndsAt)
            return null;
        if (now >= tenant.RenewsAt)
        {
            lock (_gate)
                TryAsk(key, out _);
        }

        return tenant;
    }

    /// <summary>Returns the answer, after a question to the resolver if none is held.</summary>
    public Task<Tenant<TClaims>> FindAsync(TenantKey key, CancellationToken cancellationToken)
    {
        if (FindHeld(key) is { } held)
            return Task.FromResult(held);

        lock (_gate)
        {
            return TryAsk(key, out var question) ? question.WaitAsync(cancellationToken)
                : Task.FromResult(FindKept(key) ?? new Tenant<TClaims>(key) { Problem = "too many questions to the resolver are in flight" });
        }
    }

    /// <summary>A token of the tenant was valid, so the tenant exists. Tenants that strangers invent cannot displace it any more.</summary>
    public void Admit(Tenant<TClaims> tenant)
    {
        if (_admitted.Find(tenant.Key) is not null)
            return;

        lock (_gate)
        {
            // The resolver may have answered otherwise since then.
            if (Now >= tenant.EndsAt || _unknown.Find(tenant.Key) is not null || _admitted.Find(tenant.Key) is not null)
                return;
            _candidates.Remove(tenant.Key);
            if (_admitted.Put(tenant with { RenewsAt = tenant.EndsAt - (options.TenantLifetime / 5) }))
                CountDropped();
        }
    }

    /// <summary>Finds the issuer of a tenant that is held; null if no such tenant is held.</summary>
    public TrustedIssuer? FindIssuer(string name) => _admitted.All.Concat(_candidates.All).Where(one => one.Key.Issuer == name)
        .SelectMany(one => one.Steps!.Pools)
        .SelectMany(issuers => issuers)
        .FirstOrDefault(issuer => issuer.Issuer == name);

    /// <summary>Finds the question in flight about a tenant, or starts one, unless too many are in flight. The caller holds the lock.</summary>
    private bool TryAsk(TenantKey key, [NotNullWhen(true)] out Task<Tenant<TClaims>>? question)
    {
        var questions = _admitted.Find(key) is null ? _questions : _renewals;
        if (questions.TryGetValue(key, out question))
            return true;
        if (questions.Count >= MaxQuestions)
            return false;

        // Callers share the question, so it must not run in the context of the request that happens to come first.
        using (ExecutionContext.SuppressFlow())
            question = questions[key] = Task.Run(() => AskAsync(key, questions), CancellationToken.None);
        return true;
    }

    private async Task<Tenant<TClaims>> AskAsync(TenantKey key, Dictionary<TenantKey, Task<Tenant<TClaims>>> questions)
    {
        var (pool, problem) = await resolver.AskAsync(key).ConfigureAwait(false);
        // One lock covers all steps, so that no other answer drops the key sets of this answer before the answer is kept.
        lock (_gate)
        {
            questions.Remove(key);
            return problem is not null ? KeepFailure(key, problem)
                : pool is not null ? KeepTenant(key, pool)
                : KeepUnknown(key);
        }
    }

    private Tenant<TClaims> KeepTenant(TenantKey key, TrustedUserPool pool)
    {
        var endsAt = Now + options.TenantLifetime;
        // With the same settings the verified tokens of the tenant stay valid.
        var steps = (_admitted.Find(key) ?? _candidates.Find(key)) is { Pool: { } former, Steps: { } present } && former.HasSameSettingsAs(pool) ? present : createSteps(pool);
        var tenant = new Tenant<TClaims>(key) { Pool = pool, Steps = steps, EndsAt = endsAt, KeptUntil = endsAt + _grace };
        _unknown.Remove(key);
        if (_admitted.Find(key) is null ? _candidates.Put(tenant) : _admitted.Put(tenant with { RenewsAt = endsAt - (options.TenantLifetime / 5) }))
            CountDropped();
        return tenant;
    }

    private Tenant<TClaims> KeepUnknown(TenantKey key)
    {
        var tenant = new Tenant<TClaims>(key) { EndsAt = Now + options.UnknownTenantLifetime };
        Remove(key);
        _unknown.Put(tenant);
        return tenant;
    }

    private Tenant<TClaims> KeepFailure(TenantKey key, string problem)
    {
        var now = Now;
        if (FindKept(key) is { } kept)
        {
            var longer = kept with { RenewsAt = now + _pauseOfTenant, EndsAt = Max(kept.EndsAt, Min(now + (2 * _pauseOfTenant), kept.KeptUntil)) };
            _admitted.Put(longer);
            return longer;
        }

        Remove(key);
        var failed = new Tenant<TClaims>(key) { Problem = problem, EndsAt = now + _pauseOfStranger };
        _unknown.Put(failed);
        return failed;
    }

    private void Remove(TenantKey key)
    {
        var isAdmitted = _admitted.Remove(key);
        if (_candidates.Remove(key) || isAdmitted)
            CountDropped();
    }

    private Tenant<TClaims>? FindKept(TenantKey key) => _admitted.Find(key) is { } tenant && Now < tenant.KeptUntil ? tenant : null;

    // Looking through all tenants takes time, so it waits until a quarter of them was dropped.
    private void CountDropped()
    {
        if (++_dropped * 4 < _admitted.Count + _candidates.Count)
            return;
        _dropped = 0;
        drop(_admitted.All.Concat(_candidates.All).Select(tenant => tenant.Steps!));
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
