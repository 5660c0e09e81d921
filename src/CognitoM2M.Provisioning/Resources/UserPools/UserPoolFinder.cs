using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Finds the user pool of a blueprint: by id, or by name and ownership tag.</summary>
internal sealed class UserPoolFinder(IUserPoolService service, ProgressReport progress)
{
    /// <summary>The user pool; null if there is none.</summary>
    /// <param name="wanted">Holds the name, or the id.</param>
    /// <param name="allowUntagged">Whether to accept a user pool without the ownership tag.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CognitoProvisioningException">Several user pools match, or the only match lacks the tag.</exception>
    public async Task<UserPool?> FindAsync(UserPoolBlueprint wanted, bool allowUntagged, CancellationToken cancellationToken)
    {
        if (wanted.Id is { } id)
        {
            var pool = await DescribeAsync(id, cancellationToken).ConfigureAwait(false);
            return pool is null || allowUntagged || UserPoolDifference.HasOwnershipTag(pool) ? pool : throw AdoptionRequired([pool]);
        }

        var candidates = new List<UserPool>();
        foreach (var candidate in await service.FindUserPoolIdsAsync(wanted.Name, progress, cancellationToken).ConfigureAwait(false))
        {
            if (await DescribeAsync(candidate, cancellationToken).ConfigureAwait(false) is { } pool)
                candidates.Add(pool);
        }

        return Choose(wanted.Name, candidates, allowUntagged);
    }

    /// <summary>The user pool, which must exist and carry the ownership tag.</summary>
    public async Task<UserPool> GetAsync(UserPoolBlueprint wanted, CancellationToken cancellationToken) =>
        await FindAsync(wanted, allowUntagged: false, cancellationToken).ConfigureAwait(false) ?? throw NotFound(wanted);

    public static CognitoProvisioningException NotFound(UserPoolBlueprint wanted) => new(
        ProvisioningError.NotFound,
        $"There is no user pool {wanted.Id ?? $"'{wanted.Name}'"} in this account and region.",
        "Check the account, the region, and the name or id in the blueprint.");

    private static UserPool? Choose(string name, List<UserPool> candidates, bool allowUntagged)
    {
        // The tag decides: user pools without the tag do not count beside a user pool that has it.
        var tagged = candidates.Where(UserPoolDifference.HasOwnershipTag).ToList();
        return (tagged.Count, candidates.Count) switch
        {
            (1, _) => tagged[0],
            ( > 1, _) => throw Ambiguous(name, tagged),
            (_, 0) => null,
            (_, 1) when allowUntagged => candidates[0],
            (_, > 1) when allowUntagged => throw Ambiguous(name, candidates),
            _ => throw AdoptionRequired(candidates),
        };
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

    private static CognitoProvisioningException AdoptionRequired(List<UserPool> candidates) => new(
        ProvisioningError.AdoptionRequired,
        candidates.Count == 1
            ? $"The user pool {FormatList(candidates)} was not made from a blueprint: it has no tag '{OwnershipTag.Key}'."
            : $"{candidates.Count} user pools have this name, and none of them has the tag '{OwnershipTag.Key}': {FormatList(candidates)}.",
        "Allow the user pool to be adopted, set userPool.id in the blueprint to the id of the right one, or choose another name.");

    private static string FormatList(IEnumerable<UserPool> pools) => string.Join(", ", pools.Select(Format));

    private static string Format(UserPool pool)
    {
        var created = pool.CreationDate is { } seconds ? $", created {DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)):yyyy-MM-dd HH:mm}Z" : "";
        var domain = (pool.CustomDomain ?? pool.Domain) is { } name ? $", domain {OneLine.Show(name)}" : "";
        return $"{OneLine.Show(pool.Id)} ('{OneLine.Show(pool.Name)}'{created}{domain})";
    }
}
