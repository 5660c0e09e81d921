using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Keeps a sink from replacing the secret of another app client, which Cognito may never show again.</summary>
internal static class OtherSecret
{
    /// <param name="owner">Whose secret the sink holds under the name; null if it holds none.</param>
    /// <param name="clientName">The name.</param>
    /// <param name="clientId">The app client that something is to be stored of.</param>
    /// <exception cref="InvalidDataException">The secret of another app client would be lost.</exception>
    public static void ThrowIfReplaced(SecretOwner? owner, string clientName, string clientId)
    {
        if (owner is not null && owner.ClientId != clientId)
            throw new InvalidDataException($"{Describe(clientName, owner, clientId)}. Choose another place for the secrets.");
    }

    /// <summary>Describes whose secret the sink holds, and for which app client the secret is needed.</summary>
    /// <param name="clientName">The name of the app client in the blueprint.</param>
    /// <param name="owner">Whose secret the sink holds.</param>
    /// <param name="clientId">The app client of the blueprint; null if it does not exist yet.</param>
    public static string Describe(string clientName, SecretOwner owner, string? clientId)
    {
        var held = owner.ClientId is { } id ? $"the secret of another app client ({OneLine.Show(id)}{DescribePlace(owner)})" : "a secret that names no app client";
        return $"under the name '{clientName}' it holds {held}, and the app client of the blueprint {(clientId is null ? "does not exist yet" : $"is {clientId}")}";
    }

    private static string DescribePlace(SecretOwner owner) => owner.UserPoolId is { } pool ? $" of user pool {OneLine.Show(pool)}" : "";
}
