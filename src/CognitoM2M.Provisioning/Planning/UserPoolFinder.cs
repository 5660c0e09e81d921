using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Resources.UserPools;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Finds the pool that a blueprint means.</summary>
internal sealed class UserPoolFinder(ICognitoUserPoolApi api)
{
    private const int PageSize = 60;

    /// <summary>The pool; null if there is none.</summary>
    /// <param name="wanted">Names it, or gives its id.</param>
    /// <param name="acceptForeign">Whether a pool without the ownership tag will do.</param>
    /// <param name="report">Told what is being read.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<UserPool?> FindAsync(UserPoolBlueprint wanted, bool acceptForeign, Action<string> report, CancellationToken cancellationToken)
    {
        if (wanted.Id is not null)
        {
            report($"user pool {wanted.Id}");
            var pool = await DescribeAsync(wanted.Id, cancellationToken).ConfigureAwait(false);
            return pool is null || acceptForeign || UserPoolChanges.IsOwned(pool) ? pool : throw AdoptionRequired([pool]);
        }

        var candidates = new List<UserPool>();
        foreach (var id in await IdsByNameAsync(wanted.Name, report, cancellationToken).ConfigureAwait(false))
        {
            report($"user pool {id}");
            if (await DescribeAsync(id, cancellationToken).ConfigureAwait(false) is { } pool)
                candidates.Add(pool);
        }

        // The tag settles it: a pool that somebody else gave the same name does not count beside one that is owned.
        var owned = candidates.Where(UserPoolChanges.IsOwned).ToList();
        return (owned.Count, candidates.Count) switch
        {
            (1, _) => owned[0],
            ( > 1, _) => throw Ambiguous(wanted.Name, owned),
            (_, 0) => null,
            (_, 1) when acceptForeign => candidates[0],
            (_, > 1) when acceptForeign => throw Ambiguous(wanted.Name, candidates),
            _ => throw AdoptionRequired(candidates),
        };
    }

    private async Task<UserPool?> DescribeAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.DescribeUserPoolAsync(new(id), cancellationToken).ConfigureAwait(false)).UserPool;
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return null;
        }
    }

    private async Task<List<string>> IdsByNameAsync(string name, Action<string> report, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var seen = 0;
        string? next = null;
        do
        {
            report(seen == 0 ? "user pools" : $"user pools, {seen} so far");
            var page = await api.ListUserPoolsAsync(new(PageSize, next), cancellationToken).ConfigureAwait(false);
            foreach (var pool in page.UserPools ?? [])
            {
                seen++;
                if (pool.Name == name)
                    ids.Add(pool.Id!);
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return ids;
    }

    private static CognitoProvisioningException Ambiguous(string name, List<UserPool> candidates) => new(
        ProvisioningError.Ambiguous,
        $"{candidates.Count} user pools are named '{name}': {List(candidates)}.",
        "Give the id of the one that is meant as userPool.id.");

    private static CognitoProvisioningException AdoptionRequired(List<UserPool> candidates) => new(
        ProvisioningError.AdoptionRequired,
        candidates.Count == 1
            ? $"The user pool {List(candidates)} was not made from a blueprint: it has no tag '{OwnershipTag.Key}'."
            : $"{candidates.Count} user pools have this name, and none of them the tag '{OwnershipTag.Key}': {List(candidates)}.",
        "Allow it to be adopted, give the id of the pool that is meant as userPool.id, or choose another name.");

    private static string List(IEnumerable<UserPool> pools) => string.Join(", ", pools.Select(Describe));

    private static string Describe(UserPool pool)
    {
        var created = pool.CreationDate is { } seconds ? $", created {DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)):yyyy-MM-dd HH:mm}Z" : "";
        var domain = (pool.CustomDomain ?? pool.Domain) is { } name ? $", domain {name}" : "";
        return $"{pool.Id} ('{pool.Name}'{created}{domain})";
    }
}
