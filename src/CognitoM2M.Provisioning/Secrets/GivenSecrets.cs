using CognitoM2M.Provisioning.Blueprints;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Reads the secrets that the caller has chosen for new app clients, before anything is changed.</summary>
internal static class GivenSecrets
{
    /// <summary>The secrets by the names of the app clients. Only app clients that the plan creates get one.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="find">Finds the value of a variable; null if the variable is not set.</param>
    /// <exception cref="CognitoProvisioningException">A variable is not set, or Cognito would not accept its value. The message shows no value.</exception>
    public static IReadOnlyDictionary<string, string> Read(ProvisioningPlan plan, Func<string, string?> find)
    {
        var created = plan.Steps
            .Where(step => step is { Kind: PlannedKind.AppClient, Action: PlanAction.Create or PlanAction.Replace })
            .Select(step => step.Name)
            .ToHashSet(StringComparer.Ordinal);

        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var mistakes = new List<string>();
        foreach (var client in plan.Blueprint.AppClients)
        {
            if (client.Secret is { } chosen && created.Contains(client.Name))
                secrets.Add(client.Name, chosen);
            if (client.SecretVariable is not { } variable || !created.Contains(client.Name))
                continue;

            if (find(variable) is not { Length: > 0 } secret)
                mistakes.Add($"the variable {variable} is not set, but it must hold the secret of app client '{client.Name}'");
            else if (!GivenSecretRule.IsSecret(secret))
                mistakes.Add($"the variable {variable} does not hold a secret that Cognito accepts: {GivenSecretRule.Text}");
            else
                secrets.Add(client.Name, secret);
        }

        return mistakes.Count == 0 ? secrets : throw new CognitoProvisioningException(
            ProvisioningError.Secret, $"Nothing was changed: {string.Join("; ", mistakes)}.", "Set the variables and apply again.");
    }
}
