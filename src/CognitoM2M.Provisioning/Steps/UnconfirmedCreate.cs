namespace CognitoM2M.Provisioning.Steps;

/// <summary>
/// Finds out whether a create that failed has succeeded after all. Names of resource servers and domains are unique, so a create is refused
/// if its own earlier attempt was carried out and the answer was lost, or if another run was faster.
/// </summary>
internal static class UnconfirmedCreate
{
    /// <summary>Whether the thing exists with the settings of the request. If another run has created it, the run reports that at its end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="failure">Why the create failed.</param>
    /// <param name="step">The step that creates the thing.</param>
    /// <param name="findDifference">Reads the thing and compares it; null if it does not exist.</param>
    /// <exception cref="CognitoProvisioningException">The thing exists, but with other settings.</exception>
    public static async Task<bool> HasSucceededAsync(PlanRun run, CognitoProvisioningException failure, PlanStep step, Func<Task<Difference?>> findDifference)
    {
        Difference? difference;
        try
        {
            difference = await findDifference().ConfigureAwait(false);
        }
        catch (CognitoProvisioningException)
        {
            // The failure of the create says more than the failure of the look.
            return false;
        }

        if (difference is null)
            return false;

        var what = $"{step.KindText} '{step.Name}'";
        if (!difference.IsEmpty)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.PlanOutdated,
                $"Another run has created {what} since the plan was made, with other settings than the blueprint.",
                "Plan again.",
                failure);
        }

        if (!failure.MayBeCarriedOut)
            run.Overlaps.Add(new(what));
        return true;
    }
}
