namespace CognitoM2M.Provisioning.Planning;

/// <summary>Compares a saved plan with a new plan of the same blueprint. Only a plan that is the same step by step is carried out.</summary>
internal static class SavedPlanCheck
{
    private const string UseSameSettings = "Use the settings that the plan was made with, or plan again.";

    /// <exception cref="CognitoProvisioningException">The saved plan was made in another region, or at another address.</exception>
    public static void RequireSamePlace(SavedPlanDocument saved, PlanTarget target)
    {
        if (saved.Target with { AccountId = null } != target)
            throw CreateException($"it was made in {saved.Target}, and this is {target}", UseSameSettings);
    }

    /// <summary>A user pool is in one account only. But a plan that creates the user pool has the same steps in every account without a user pool of that name.</summary>
    /// <exception cref="CognitoProvisioningException">The saved plan was made in another account, or it is not known whether it was.</exception>
    public static void RequireSameAccount(SavedPlanDocument saved, PlanTarget target)
    {
        if (saved.Target.AccountId is not { } account || account == target.AccountId)
            return;

        throw target.AccountId is { } other
            ? CreateException($"it was made in the AWS account {account}, and this is the account {other}", UseSameSettings)
            : CreateException(
                $"it was made in the AWS account {account}, and these credentials do not say which account they belong to",
                "Set AWS_ACCOUNT_ID to the account of the credentials, or plan again.");
    }

    /// <exception cref="CognitoProvisioningException">What exists has changed since the plan was saved, so the steps are not the same.</exception>
    public static void RequireSameSteps(SavedPlanDocument saved, SavedPlanDocument current)
    {
        if (FindDifference(saved, current) is { } difference)
            throw CreateException(difference, "Plan again, look at the new plan, and save it.");
    }

    private static string? FindDifference(SavedPlanDocument saved, SavedPlanDocument current)
    {
        if (saved.UserPoolId != current.UserPoolId)
            return $"it was made for user pool {saved.UserPoolId ?? "(a new one)"}, and the user pool is now {current.UserPoolId ?? "(a new one)"}";

        for (var i = 0; i < saved.Steps.Count && i < current.Steps.Count; i++)
        {
            var (before, now) = (saved.Steps[i], current.Steps[i]);
            if (before.Title != now.Title)
                return $"step {i + 1} was '{before.Title}', and is now '{now.Title}'";
            if (!before.IsSameAs(now))
                return $"step {i + 1} ('{now.Title}') is now for other changes";
        }

        return saved.Steps.Count == current.Steps.Count ? null : $"it has {saved.Steps.Count} steps, and a new plan has {current.Steps.Count}";
    }

    private static CognitoProvisioningException CreateException(string reason, string hint) =>
        new(ProvisioningError.PlanOutdated, $"The saved plan does not fit any more: {reason}. Nothing was changed.", hint);
}
