namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks what an app client for technical users cannot have, and what an app client for machines must have.</summary>
internal static class UserPasswordValidation
{
    private const string UserPasswordAuth = "ALLOW_USER_PASSWORD_AUTH";

    public static IEnumerable<BlueprintMistake> Check(string path, AppClientBlueprint client)
    {
        if (client is { GenerateSecret: false } and ({ SecretVariable: not null } or { Secret: not null }))
            yield return Create($"{path}.generateSecret", "is false, but the blueprint gives the app client a secret; leave one of the two out");
        if (client.Route != AppClientRoute.UserPassword)
        {
            if (client is { GenerateSecret: false })
                yield return Create($"{path}.generateSecret", $"an app client with the route {client.Route} needs a secret; leave generateSecret out, or use the route UserPassword");
            yield break;
        }

        if (client.Scopes.Count > 0)
            yield return Create($"{path}.scopes", "tokens of the route UserPassword carry no scopes of resource servers; leave scopes out");
        if (client.ExplicitAuthFlows is { } flows && !flows.Contains(UserPasswordAuth, StringComparer.Ordinal))
            yield return Create($"{path}.explicitAuthFlows", $"the route UserPassword needs {UserPasswordAuth}; add it, or leave explicitAuthFlows out");
    }

    private static BlueprintMistake Create(string path, string message) => new() { Path = path, Message = message };
}
