using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks the settings of a blueprint that stay as they are if the blueprint does not name them.</summary>
internal static class SettingsValidation
{
    private const string NotInLite = "needs the tier Essentials or Plus";

    public static IEnumerable<BlueprintMistake> Check(UserPoolBlueprint pool)
    {
        if (pool.Issuer is { } issuer && !Enum.IsDefined(issuer))
            yield return Create("userPool.issuer", "must be Original or Updated");

        if (pool.PreTokenGenerationArn is { } function and not UserPoolBlueprint.None)
        {
            if (!NameRules.IsFunctionArn(function))
                yield return Create("userPool.preTokenGenerationArn", "must be the ARN of a Lambda function, or the text 'none'");
            else if (pool.Tier == UserPoolTier.Lite)
                yield return Create("userPool.preTokenGenerationArn", NotInLite);
        }

        if (pool.KmsKeyArn is { } key and not UserPoolBlueprint.None && !NameRules.IsKeyArn(key))
            yield return Create("userPool.kmsKeyArn", "must be the ARN of a KMS key (not of an alias), or the text 'none'");

        for (var i = 0; i < pool.RemovedTags?.Count; i++)
        {
            var tag = pool.RemovedTags[i];
            if (tag is not null && (OwnershipTag.IsReserved(tag) || tag.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
                yield return Create($"userPool.removedTags[{i}]", "the key is reserved");
            else if (!NameRules.IsTagText(tag, 1, 128))
                yield return Create($"userPool.removedTags[{i}]", "a key must be 1 to 128 letters, digits, spaces and _.:/=+@-");
            else if (pool.Tags.ContainsKey(tag!))
                yield return Create($"userPool.removedTags[{i}]", "the tag is also in userPool.tags; leave it out of one of the two");
        }
    }

    public static IEnumerable<BlueprintMistake> Check(DomainBlueprint domain, UserPoolTier? tier)
    {
        if (domain is { PrefixManagedLoginVersion: not null, Prefix: null })
            yield return Create("domain.prefixManagedLoginVersion", "there is no prefix domain; for a custom domain use domain.custom.managedLoginVersion");
        else if (FindInVersion(domain.PrefixManagedLoginVersion, tier) is { } problem)
            yield return Create("domain.prefixManagedLoginVersion", problem);

        if (FindInVersion(domain.Custom?.ManagedLoginVersion, tier) is { } customProblem)
            yield return Create("domain.custom.managedLoginVersion", customProblem);
        if (domain.Custom?.TlsPolicy is { } policy && !Enum.IsDefined(policy))
            yield return Create("domain.custom.tlsPolicy", "must be Tls10, Tls12 or Tls13");
    }

    public static IEnumerable<BlueprintMistake> Check(string path, AppClientBlueprint client)
    {
        if (client.Id is not null && !CognitoNames.IsClientId(client.Id))
            yield return Create($"{path}.id", "must be the id of an app client: 1 to 128 letters, digits, _ and +");

        // The messages do not repeat the value, because it may be the secret itself, written here by mistake.
        if (client.SecretVariable is { } variable && !NameRules.IsVariable(variable))
            yield return Create($"{path}.secretVariable", "must be the name of a variable: 1 to 128 upper-case letters, digits and _, not beginning with a digit");
        else if (client.SecretVariable is { } name && SecretVariables.BelongsToPlatform(name))
            yield return Create($"{path}.secretVariable", "AWS or the build server sets a variable of this name; use a variable that holds the secret of the app client only");

        if (client.Secret is { } secret && !GivenSecretRule.IsSecret(secret))
            yield return Create($"{path}.secret", $"must be {GivenSecretRule.Text}");
        if (client is { Secret: not null, SecretVariable: not null })
            yield return Create($"{path}.secret", "there is also a secretVariable; leave one of the two out");

        if (client.ExplicitAuthFlows is not { } flows)
            yield break;

        if (client.Route is AppClientRoute.GetClientToken or AppClientRoute.Both)
            yield return Create($"{path}.explicitAuthFlows", "only the routes OAuth2 and UserPassword allow other flows; leave explicitAuthFlows out");
        for (var i = 0; i < flows.Count; i++)
        {
            if (!NameRules.IsAuthFlow(flows[i]))
                yield return Create($"{path}.explicitAuthFlows[{i}]", "must be a flow of Cognito such as ALLOW_USER_SRP_AUTH");
            else if (flows[i] == "ALLOW_CLIENT_TOKEN_AUTH")
                yield return Create($"{path}.explicitAuthFlows[{i}]", "use the route GetClientToken or Both for this flow");
            else if (flows.Take(i).Contains(flows[i], StringComparer.Ordinal))
                yield return Create($"{path}.explicitAuthFlows[{i}]", $"'{flows[i]}' appears twice");
        }
    }

    private static string? FindInVersion(int? version, UserPoolTier? tier) => version switch
    {
        null or 1 => null,
        2 => tier == UserPoolTier.Lite ? $"version 2 {NotInLite}" : null,
        _ => "must be 1 or 2",
    };

    private static BlueprintMistake Create(string path, string message) => new() { Path = path, Message = message };
}
