using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>Ids and secrets that a blueprint chooses for what is created. Only an emulator takes ids from its callers.</summary>
internal static class ChosenIds
{
    /// <summary>Stops before the first request if a blueprint with secrets is not for an emulator.</summary>
    /// <exception cref="CognitoProvisioningException">The blueprint has a secret.</exception>
    public static void RequireEmulator(Blueprint blueprint, bool isEmulator)
    {
        if (isEmulator || blueprint.AppClients.FirstOrDefault(client => client.Secret is not null) is not { } client)
            return;

        throw new CognitoProvisioningException(
            ProvisioningError.Configuration,
            $"The blueprint holds the secret of app client '{client.Name}', and that is allowed for an emulator only. No request was sent.",
            "Remove the secret from the blueprint. To choose a secret on AWS, name a variable that holds it with secretVariable.");
    }

    /// <summary>The emulator has created something with another id than the chosen one. It was removed again.</summary>
    public static CognitoProvisioningException NotHonoured(PlanStep step, string chosen, string? actual) => new(
        ProvisioningError.DifferentResult,
        $"The request to {step.Title} asked for the id '{chosen}', but the result has the id '{OneLine.Show(actual)}'. It was removed again.",
        "Use the emulator of CognitoM2M (cognito-m2m emulate), or remove the ids from the blueprint.");
}
