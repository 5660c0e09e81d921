using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>What only a blueprint for an emulator may have: chosen ids and secrets, claims, groups and users.</summary>
internal static class ChosenIds
{
    /// <summary>Stops before the first request if a blueprint with secrets, claims, groups or users is not for an emulator.</summary>
    /// <exception cref="CognitoProvisioningException">The blueprint has one of these.</exception>
    public static void RequireEmulator(Blueprint blueprint, bool isEmulator)
    {
        if (!isEmulator && Find(blueprint) is var (thing, hint))
            throw new CognitoProvisioningException(ProvisioningError.Configuration, $"The blueprint holds {thing}, and that is allowed for an emulator only. No request was sent.", hint);
    }

    private static (string Thing, string Hint)? Find(Blueprint blueprint) =>
        blueprint.AppClients.FirstOrDefault(client => client.Secret is not null) is { } withSecret
            ? ($"the secret of app client '{withSecret.Name}'", "Remove the secret from the blueprint. To choose a secret on AWS, name a variable that holds it with secretVariable.")
        : blueprint.AppClients.FirstOrDefault(client => client.Claims is not null) is { } withClaims
            ? ($"the claims of app client '{withClaims.Name}'", "Remove the claims from the blueprint. On AWS a function adds claims: name it with userPool.preTokenGenerationArn.")
        : blueprint.Users is [var user, ..]
            ? ($"the user '{user}'", "Remove the users from the blueprint.")
        : blueprint.Groups is [var group, ..]
            ? ($"the group '{group.Name}'", "Remove the groups from the blueprint.")
        : null;

    /// <summary>The emulator has created something with another id than the chosen one. The new resource was removed again.</summary>
    public static CognitoProvisioningException NotHonoured(PlanStep step, string chosen, string? actual) => new(
        ProvisioningError.DifferentResult,
        $"The request to {step.Title} asked for the id '{chosen}', but the result has the id '{OneLine.Show(actual)}'. The new resource was removed again.",
        "Use the emulator of CognitoM2M (cognito-m2m emulate), or remove the ids from the blueprint.");
}
