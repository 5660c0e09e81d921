namespace CognitoM2M.Emulator.Pools;

/// <summary>Tells whether the host name of a user pool's token endpoint resolves yet.</summary>
/// <param name="delay">How long the name of a new domain does not resolve; null if token requests need no domain.</param>
/// <param name="timeProvider">The clock that measures the age of a domain.</param>
internal sealed class DomainReachability(TimeSpan? delay, TimeProvider timeProvider)
{
    public bool CanReach(EmulatedUserPool pool) => delay is null || !pool.NeedsDomain || pool.Domains.Any(Resolves);

    /// <summary>
    /// The status in the description of a domain. As in Cognito, a prefix domain is ACTIVE at once, although its name does not resolve yet.
    /// </summary>
    public string GetStatus(PoolDomain domain) => domain.IsCustom && !Resolves(domain) ? "CREATING" : "ACTIVE";

    private bool Resolves(PoolDomain domain) => timeProvider.GetUtcNow() - domain.CreatedAt >= (delay ?? TimeSpan.Zero);
}
