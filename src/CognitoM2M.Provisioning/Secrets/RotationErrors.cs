using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Why a rotation stops. In each case no secret is deleted.</summary>
internal static class RotationErrors
{
    public static CognitoProvisioningException NoSecret(ProbedClient client) => new(
        ProvisioningError.Secret,
        $"App client '{client.Name}' has no secret to rotate.",
        "Apply the blueprint. Apply replaces an app client that has no secret.");

    public static CognitoProvisioningException NotProved(string clientName, string clientId, string userPoolId) => new(
        ProvisioningError.AdoptionRequired,
        $"The user pool {userPoolId} is external, so app client '{clientName}' ({clientId}) in it may belong to others. Nothing was changed.",
        $"If the app client belongs to this blueprint, give its id in the blueprint (appClients[].id): \"id\": \"{clientId}\" beside \"name\".");

    /// <param name="client">The app client.</param>
    /// <param name="userPoolId">Its user pool.</param>
    /// <param name="older">The id of the older secret.</param>
    /// <param name="newer">The id of the newer secret.</param>
    /// <param name="heldId">The id of the secret that the sink holds; null if the sink does not know it.</param>
    public static CognitoProvisioningException Ambiguous(ProbedClient client, string userPoolId, string older, string newer, string? heldId)
    {
        var isOlderHeld = heldId == older;
        IEnumerable<string> removable = isOlderHeld ? [newer] : [older, newer];
        return new(
            ProvisioningError.Ambiguous,
            $"App client '{client.Name}' has two secrets, {older} and {newer}, and the sink holds {(isOlderHeld ? "the older one" : "neither")}. "
                + "A secret that the sink does not hold may be in use elsewhere, so no secret was deleted.",
            "If services use the newer secret, name the sink that holds it. If no service uses one of the secrets, delete it and run the command again: "
                + string.Join(", or ", removable.Select(id => RemovalCommand.CreateForSecret(userPoolId, client.ClientId, id)))
                + ". Or name it (SupersededSecretId, or --superseded-secret-id ID): it is deleted, and the other secret is rotated.");
    }

    public static CognitoProvisioningException InUse(ProbedClient client, string secretId) => new(
        ProvisioningError.Secret,
        $"Secret {secretId} of app client '{client.Name}' is the secret in use. It is not deleted before another secret works.",
        "Name the other secret, or name no secret.");

    public static CognitoProvisioningException NoToken(ProbedClient client, string problem) => new(
        ProvisioningError.Secret,
        $"The secret in use of app client '{client.Name}' gets no token ({problem.TrimEnd('.')}), so no other secret is deleted.",
        "Find out why the secret in use gets no token, then run the command again.");

    public static CognitoProvisioningException NotHeld(ProbedClient client, string newestId) => new(
        ProvisioningError.Secret,
        $"The sink does not hold the newest secret of app client '{client.Name}' ({newestId}), so no token can be requested with this secret, and no secret is deleted.",
        "Name the sink that received the secret, or rotate the secret first.");

    public static CognitoProvisioningException TooYoung(ProbedClient client, string newestId, TimeSpan left) => new(
        ProvisioningError.Secret,
        $"Secret {newestId} of app client '{client.Name}' is too young: services have {left.TotalMinutes:0.#} more minutes to take it. No secret was deleted.",
        "Run the command again after that time.");
}
