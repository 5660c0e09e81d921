using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Resources.AppClients;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Why a rotation stops. In each case no secret is deleted.</summary>
internal static class RotationErrors
{
    public static CognitoProvisioningException NoSecret(ProbedClient client) => new(
        ProvisioningError.Secret,
        $"App client '{client.Name}' has no secret to rotate.",
        "Apply the blueprint. Apply replaces an app client that has no secret.");

    public static CognitoProvisioningException Ambiguous(ProbedClient client, IEnumerable<ClientSecretDescriptor> secrets) => new(
        ProvisioningError.Ambiguous,
        $"App client '{client.Name}' has two secrets already, and the sink cannot tell which one is in use: {string.Join(", ", secrets.Select(secret => secret.ClientSecretId))}.",
        "Name the secret to delete (SupersededSecretId, or --superseded-secret-id ID). The other secret is then rotated.");

    public static CognitoProvisioningException InUse(ProbedClient client, string secretId) => new(
        ProvisioningError.Secret,
        $"Secret {secretId} of app client '{client.Name}' is the secret in use. It is not deleted before another secret works.",
        "Name the other secret, or none.");

    public static CognitoProvisioningException NoToken(ProbedClient client, string problem) => new(
        ProvisioningError.Secret,
        $"The secret in use of app client '{client.Name}' gets no token ({problem.TrimEnd('.')}), so no other secret is deleted.",
        "Find out why the secret in use gets no token, then run the command again.");

    public static CognitoProvisioningException NotHeld(ProbedClient client, string newestId) => new(
        ProvisioningError.Secret,
        $"The sink does not hold the newest secret of app client '{client.Name}' ({newestId}), so it cannot be proved, and no secret is deleted.",
        "Name the sink that received the secret, or rotate the secret first.");

    public static CognitoProvisioningException TooYoung(ProbedClient client, string newestId, TimeSpan left) => new(
        ProvisioningError.Secret,
        $"Secret {newestId} of app client '{client.Name}' is too young: services have {left.TotalMinutes:0.#} more minutes to take it. No secret was deleted.",
        "Run the command again after that time.");
}
