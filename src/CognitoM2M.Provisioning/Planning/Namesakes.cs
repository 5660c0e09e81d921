using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>
/// What exists in a user pool of others under a name of the blueprint. It may belong to others, too: Cognito has no tags for app clients and
/// resource servers, so nothing in Cognito says who has created them.
/// </summary>
internal static class Namesakes
{
    /// <summary>Each app client and each resource server that exists under a name of the blueprint, in words.</summary>
    public static IEnumerable<string> List(Blueprint blueprint, ExistingSetup existing) =>
        blueprint.AppClients.Where(client => existing.AppClients.ContainsKey(client.Name)).Select(client => Describe(client.Name, existing.AppClients[client.Name].Client.ClientId))
            .Concat(blueprint.ResourceServers.Where(server => !server.External && existing.ResourceServers.ContainsKey(server.Identifier)).Select(server => Describe(server.Identifier)));

    /// <summary>Refuses to change resources that may belong to others, because the blueprint does not prove that they are its own.</summary>
    /// <exception cref="CognitoProvisioningException">There is such a change. The message lists all of them.</exception>
    public static void RefuseChanges(Blueprint blueprint, ExistingSetup existing, IEnumerable<PlannedStep> steps)
    {
        var proved = FindProved(blueprint);
        var changes = steps.Select(step => step.Step)
            .Where(step => step.Action is PlanAction.Update or PlanAction.Replace && !(step.Kind == PlannedKind.AppClient && proved.Contains(step.Name)))
            .Select(step => $"{Describe(step, existing)}: {string.Join(", ", step.Changes)}")
            .ToList();
        if (changes.Count == 0)
            return;

        throw new CognitoProvisioningException(
            ProvisioningError.AdoptionRequired,
            $"The external user pool {existing.Pool.Id} has resources that the blueprint names, but with other settings. They may belong to others: {string.Join("; ", changes)}. Nothing was changed.",
            "If they belong to this blueprint, add --adopt to plan and apply (in C#: PlanOptions.Adopt), or give the ids of the app clients in the "
            + "blueprint (appClients[].id). Otherwise choose other names, or say that the resource server is external.");
    }

    /// <summary>Refuses to delete resources that may belong to others, because the blueprint does not prove that they are its own.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="userPoolId">The user pool.</param>
    /// <param name="contents">What is in the user pool.</param>
    /// <param name="foreign">The part of it that the blueprint does not name.</param>
    /// <exception cref="CognitoProvisioningException">There is such a resource. The message lists all of them.</exception>
    public static void RefuseDeletions(Blueprint blueprint, string userPoolId, UserPoolContents contents, UserPoolContents foreign)
    {
        var proved = FindProved(blueprint);
        var things = contents.AppClients.Except(foreign.AppClients).Where(client => !proved.Contains(client.ClientName!)).Select(client => Describe(client.ClientName, client.ClientId))
            .Concat(contents.ResourceServers.Except(foreign.ResourceServers).Select(server => Describe(server.Identifier)))
            .ToList();
        if (things.Count == 0)
            return;

        throw new CognitoProvisioningException(
            ProvisioningError.AdoptionRequired,
            $"The user pool {userPoolId} is external, so the resources that the blueprint names in it may belong to others: {string.Join(", ", things)}. Nothing was changed.",
            $"If all of it belongs to this blueprint, {AdoptionAdvice.ForDeletingNamesakes} An app client whose id the blueprint gives (appClients[].id) is deleted without this option.");
    }

    private static HashSet<string> FindProved(Blueprint blueprint) =>
        blueprint.AppClients.Where(client => client.Id is not null).Select(client => client.Name).ToHashSet(StringComparer.Ordinal);

    private static string Describe(PlanStep step, ExistingSetup existing) =>
        step.Kind == PlannedKind.AppClient ? Describe(step.Name, existing.AppClients[step.Name].Client.ClientId) : Describe(step.Name);

    private static string Describe(string? clientName, string? clientId) => $"app client '{OneLine.Show(clientName)}' ({OneLine.Show(clientId)})";

    private static string Describe(string? identifier) => $"resource server '{OneLine.Show(identifier)}'";
}
