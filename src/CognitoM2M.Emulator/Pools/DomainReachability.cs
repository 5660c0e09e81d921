namespace CognitoM2M.Emulator.Pools;

/// <summary>Whether a user pool's token endpoint can be found yet.</summary>
/// <param name="delay">How long the name of a new domain does not resolve; null if domains do not matter.</param>
/// <param name="timeProvider">The clock a domain's age is taken from.</param>
internal sealed class DomainReachability(TimeSpan? delay, TimeProvider timeProvider)
{
    public bool CanReach(EmulatedUserPool pool) => delay is null || !pool.NeedsDomain || pool.Domains.Any(Resolves);

    /// <summary>A prefix domain is said to be active at once, although its name does not resolve yet.</summary>
    public string StatusOf(PoolDomain domain) => domain.IsCustom && !Resolves(domain) ? "CREATING" : "ACTIVE";

    private bool Resolves(PoolDomain domain) => timeProvider.GetUtcNow() - domain.CreatedAt >= (delay ?? TimeSpan.Zero);
}
