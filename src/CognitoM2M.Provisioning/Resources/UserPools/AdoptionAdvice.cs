namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>What to do about a user pool without the ownership tag. Each option has its name on the command line and its name in C#.</summary>
internal static class AdoptionAdvice
{
    public const string ForChanging =
        "If blueprints may change this user pool, add --adopt to plan and apply (in C#: PlanOptions.Adopt). If others own it and the blueprint "
        + "only uses it, set userPool.external to true in the blueprint. Otherwise choose another name.";

    public const string ForDestroying =
        "To delete what the blueprint names in this user pool, add --allow-untagged-user-pool (in C#: DestroyOptions.AllowUntaggedUserPool).";

    public const string ForDeletingNamesakes = "add --allow-untagged-user-pool (in C#: DestroyOptions.AllowUntaggedUserPool).";

    public const string ForRotating =
        "Set userPool.id in the blueprint to the id of the user pool, or adopt the user pool: apply --adopt (in C#: PlanOptions.Adopt).";
}
