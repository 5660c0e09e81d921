using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks what a blueprint says about things that others own. These things are never changed, so they have no settings in a blueprint.</summary>
internal static class ExternalValidation
{
    public static IEnumerable<BlueprintMistake> Check(Blueprint blueprint)
    {
        if (blueprint.UserPool is { External: true } pool)
        {
            foreach (var setting in ListSettings(pool, blueprint.Domain))
                yield return new() { Path = setting, Message = "userPool.external is true, and an external user pool and its domains are never changed; leave this out" };
        }

        for (var i = 0; i < blueprint.ResourceServers.Count; i++)
        {
            if (blueprint.ResourceServers[i] is { External: true } server
                && (server.Name is not null || server.Scopes.Any(scope => scope?.Description is not null)))
            {
                yield return new()
                {
                    Path = $"resourceServers[{i}].external",
                    Message = "an external resource server is never changed; leave out its name and the descriptions of its scopes",
                };
            }
        }
    }

    /// <summary>Whether the text is a scope of an external resource server. Such a resource server need not list its scopes; the plan checks that they exist.</summary>
    public static bool IsScope(Blueprint blueprint, string scope) =>
        CognitoNames.IsScopeName(scope[(scope.LastIndexOf('/') + 1)..])
        && blueprint.ResourceServers.Any(server => server is { External: true } && server.Owns(scope));

    private static IEnumerable<string> ListSettings(UserPoolBlueprint pool, DomainBlueprint? domain)
    {
        (string Path, bool IsSet)[] settings =
        [
            ("userPool.deletionProtection", pool.DeletionProtection is not null),
            ("userPool.tier", pool.Tier is not null),
            ("userPool.usernameAttributes", pool.UsernameAttributes is not null),
            ("userPool.adminCreateUserOnly", pool.AdminCreateUserOnly is not null),
            ("userPool.passwordPolicy", pool.PasswordPolicy is not null),
            ("userPool.issuer", pool.Issuer is not null),
            ("userPool.preTokenGenerationArn", pool.PreTokenGenerationArn is not null),
            ("userPool.kmsKeyArn", pool.KmsKeyArn is not null),
            ("userPool.tags", pool.Tags.Count > 0),
            ("userPool.removedTags", pool.RemovedTags is { Count: > 0 }),
            ("domain.prefixManagedLoginVersion", domain?.PrefixManagedLoginVersion is not null),
            ("domain.custom.certificateArn", domain?.Custom?.CertificateArn is not null),
            ("domain.custom.tlsPolicy", domain?.Custom?.TlsPolicy is not null),
            ("domain.custom.managedLoginVersion", domain?.Custom?.ManagedLoginVersion is not null),
        ];
        return settings.Where(setting => setting.IsSet).Select(setting => setting.Path);
    }
}
