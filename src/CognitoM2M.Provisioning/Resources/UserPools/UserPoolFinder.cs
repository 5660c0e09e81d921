using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Finds the user pool of a blueprint: by id, or by name and ownership tag.</summary>
internal sealed class UserPoolFinder(IUserPoolService service, ProgressReport progress)
{
    /// <summary>The user pool to change; null if there is none.</summary>
    /// <param name="wanted">Holds the name, or the id. An external user pool needs no tag.</param>
    /// <param name="allowUntagged">Whether to accept a user pool without the ownership tag.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CognitoProvisioningException">Several user pools match, or the only match lacks the tag.</exception>
    public async Task<UserPool?> FindAsync(UserPoolBlueprint wanted, bool allowUntagged, CancellationToken cancellationToken)
    {
        var accepted = allowUntagged || wanted.External;
        if (wanted.Id is { } id)
        {
            var pool = await DescribeAsync(id, cancellationToken).ConfigureAwait(false);
            return pool is null || accepted || UserPoolOwnership.IsManaged(pool) ? pool : throw RefuseUntagged([pool], AdoptionAdvice.ForChanging);
        }

        return Choose(wanted.Name, await FindByNameAsync(wanted.Name, cancellationToken).ConfigureAwait(false), accepted, AdoptionAdvice.ForChanging);
    }

    /// <summary>The user pool to read, which must exist. Reading needs no ownership tag; the tag only decides between user pools of one name.</summary>
    public async Task<UserPool> GetAsync(UserPoolBlueprint wanted, CancellationToken cancellationToken) =>
        await FindAsync(wanted, allowUntagged: true, cancellationToken).ConfigureAwait(false) ?? throw NotFound(wanted);

    /// <summary>The user pool of an app client whose secret changes, which must exist. It has the ownership tag, or the blueprint names its id.</summary>
    public async Task<UserPool> GetForRotationAsync(UserPoolBlueprint wanted, CancellationToken cancellationToken)
    {
        if (wanted.Id is not null || wanted.External)
            return await GetAsync(wanted, cancellationToken).ConfigureAwait(false);

        var candidates = await FindByNameAsync(wanted.Name, cancellationToken).ConfigureAwait(false);
        return Choose(wanted.Name, candidates, allowUntagged: false, AdoptionAdvice.ForRotating) ?? throw NotFound(wanted);
    }

    public static CognitoProvisioningException NotFound(UserPoolBlueprint wanted) => new(
        ProvisioningError.NotFound,
        $"There is no user pool {wanted.Id ?? $"'{wanted.Name}'"} in this account and region.",
        wanted switch
        {
            { External: true } => "Check the account, the region, and the name or id in the blueprint.",
            { Id: null } => "If the blueprint was not applied here yet, apply it first. Otherwise check the account, the region and the name in the blueprint.",
            _ => "Check the account, the region and the id in the blueprint. Cognito chooses the ids of user pools: to create one, remove userPool.id. Only an emulator creates a user pool with a chosen id.",
        });

    /// <summary>The refusal of user pools without the ownership tag.</summary>
    public static CognitoProvisioningException RefuseUntagged(IReadOnlyList<UserPool> candidates, string advice) => new(
        ProvisioningError.AdoptionRequired,
        candidates.Count == 1
            ? $"The user pool {FormatList(candidates)} is not managed by a blueprint: the tag '{OwnershipTag.Key}' is missing. It was created elsewhere, or another tool has removed the tag."
            : $"{candidates.Count} user pools have this name, and none of them has the tag '{OwnershipTag.Key}': {FormatList(candidates)}.",
        candidates.Count == 1 ? advice : $"Set userPool.id in the blueprint to the id of the right one. {advice}");

    private static UserPool? Choose(string name, List<UserPool> candidates, bool allowUntagged, string advice)
    {
        // The tag decides: user pools without the tag do not count beside a user pool that has it.
        var tagged = candidates.Where(UserPoolOwnership.IsManaged).ToList();
        return (tagged.Count, candidates.Count) switch
        {
            (1, _) => tagged[0],
            ( > 1, _) => throw Ambiguous(name, tagged),
            (_, 0) => null,
            (_, 1) when allowUntagged => candidates[0],
            (_, > 1) when allowUntagged => throw Ambiguous(name, candidates),
            _ => throw RefuseUntagged(candidates, advice),
        };
    }

    private async Task<List<UserPool>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var candidates = new List<UserPool>();
        foreach (var candidate in await service.FindUserPoolIdsAsync(name, progress, cancellationToken).ConfigureAwait(false))
        {
            if (await DescribeAsync(candidate, cancellationToken).ConfigureAwait(false) is { } pool)
                candidates.Add(pool);
        }

        return candidates;
    }

    private Task<UserPool?> DescribeAsync(string id, CancellationToken cancellationToken)
    {
        progress.ReportReading($"user pool {id}");
        return service.FindUserPoolAsync(id, cancellationToken);
    }

    private static CognitoProvisioningException Ambiguous(string name, List<UserPool> candidates) => new(
        ProvisioningError.Ambiguous,
        $"{candidates.Count} user pools are named '{name}': {FormatList(candidates)}.",
        "Set userPool.id in the blueprint to the id of the right one. If two runs have created them at the same time, remove one that nobody uses: "
        + string.Join(", or ", candidates.Select(pool => RemovalCommand.CreateForUserPool(pool.Id!, pool.Domain, pool.CustomDomain))));

    private static string FormatList(IEnumerable<UserPool> pools) => string.Join(", ", pools.Select(Format));

    private static string Format(UserPool pool)
    {
        var created = pool.CreationDate is { } seconds ? $", created {DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)):yyyy-MM-dd HH:mm}Z" : "";
        var domain = (pool.CustomDomain ?? pool.Domain) is { } name ? $", domain {OneLine.Show(name)}" : "";
        return $"{OneLine.Show(pool.Id)} ('{OneLine.Show(pool.Name)}'{created}{domain})";
    }
}
