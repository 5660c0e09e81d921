namespace CognitoM2M.Provisioning.Steps;

/// <summary>Says at the end of a run what another run has created at the same time.</summary>
internal static class OverlapReport
{
    // A run with many app clients can overlap in all of them. Resources that are left over are always listed completely.
    private const int MostListed = 20;

    /// <exception cref="CognitoProvisioningException">Another run has created something at the same time.</exception>
    public static void ThrowIfAny(IReadOnlyList<Overlap> overlaps)
    {
        if (overlaps.Count == 0)
            return;

        var removed = overlaps.Where(overlap => overlap.RemovedId is not null).ToList();
        var surplus = overlaps.Where(overlap => overlap.SurplusId is not null).ToList();
        var missed = overlaps.Where(overlap => overlap.HasWorkedInSurplus).ToList();
        var used = overlaps.Where(overlap => !missed.Exists(other => other.UsedId == overlap.UsedId)).ToList();
        var hidden = overlaps.Where(overlap => overlap.HasHiddenSecret).ToList();
        var message = "Another run has created the same things at the same time";
        message += used.Count > 0 ? $": {List(used, overlap => overlap.UsedId)}. This run uses them." : ".";
        foreach (var overlap in missed)
        {
            message += $" {char.ToUpperInvariant(overlap.What[0])}{overlap.What[1..]} ({overlap.UsedId}) was created first, so it stays. But this run has worked in the second one "
                + $"({overlap.SurplusId}), and the secrets that it has stored are of app clients there.";
        }

        if (removed.Count > 0)
            message += $" This run had created these a second time, and has removed them again: {List(removed, overlap => overlap.RemovedId)}.";
        if (surplus.Count > 0)
            message += $" These exist a second time: {Join(surplus, overlap => overlap.SurplusId)}.";
        if (hidden.Count > 0)
            message += $" Cognito does not show the secrets of these, so this run has not stored them: {List(hidden, overlap => overlap.UsedId)}. Use the place in which the other run has stored them, or rotate them.";

        var hint = surplus.Count == 0
            ? "Everything in the blueprint exists once. Apply again to see that nothing is left to do."
            : $"The resources that exist a second time may be in use, so they were not removed. To remove them: {string.Join("; ", surplus.Select(overlap => overlap.RemovalCommand))}. Then apply again.";
        throw new CognitoProvisioningException(ProvisioningError.Overlap, message, hint);
    }

    private static string List(List<Overlap> overlaps, Func<Overlap, string?> findId) =>
        overlaps.Count <= MostListed ? Join(overlaps, findId) : $"{Join(overlaps.Take(MostListed), findId)}, and {overlaps.Count - MostListed} more";

    private static string Join(IEnumerable<Overlap> overlaps, Func<Overlap, string?> findId) =>
        string.Join(", ", overlaps.Select(overlap => findId(overlap) is { } id ? $"{overlap.What} ({id})" : overlap.What));
}
