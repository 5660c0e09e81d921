using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks a blueprint against Cognito's rules and collects every mistake.</summary>
internal sealed class BlueprintValidation
{
    private const string DisplayNameRule = "letters, digits, spaces and _+=,.@-";

    private static readonly TimeSpan _shortestLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longestLifetime = TimeSpan.FromDays(1);

    private readonly Blueprint _blueprint;
    private readonly List<BlueprintMistake> _mistakes = [];

    public BlueprintValidation(Blueprint blueprint)
    {
        _blueprint = blueprint;
        CheckUserPool();
        CheckDomain();
        CheckResourceServers();
        CheckAppClients();
        _mistakes.AddRange(ExternalValidation.Check(blueprint));
        _mistakes.AddRange(UserValidation.Check(blueprint));
    }

    public IReadOnlyList<BlueprintMistake> Mistakes => [.. _mistakes.Select(mistake => mistake with { Name = BlueprintNames.Find(_blueprint, mistake.Path) })];

    private void CheckUserPool()
    {
        if (_blueprint.UserPool is not { } pool)
        {
            Add("userPool", "is missing");
            return;
        }

        if (!NameRules.IsDisplayName(pool.Name, 128))
            Add("userPool.name", $"must be 1 to 128 characters: {DisplayNameRule}");
        if (pool.Id is not null && !CognitoNames.IsUserPoolId(pool.Id))
            Add("userPool.id", $"'{pool.Id}' is not a user pool id; an id looks like eu-west-1_AbCdEfGhI");
        if (pool.Tier is { } tier && !Enum.IsDefined(tier))
            Add("userPool.tier", "must be Lite, Essentials or Plus");

        CheckTags(pool.Tags);
        _mistakes.AddRange(SettingsValidation.Check(pool));
        _mistakes.AddRange(SignInValidation.Check(pool));
    }

    private void CheckTags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > 49)
            Add("userPool.tags", $"{tags.Count} tags are too many; a user pool has at most 50, and one of them is '{OwnershipTag.Key}'");

        foreach (var (key, value) in tags)
        {
            var path = $"userPool.tags.{key}";
            if (OwnershipTag.IsReserved(key) || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                Add(path, "the key is reserved");
            else if (!NameRules.IsTagText(key, 1, 128))
                Add(path, "a key must be 1 to 128 letters, digits, spaces and _.:/=+@-");
            if (!NameRules.IsTagText(value, 0, 256))
                Add(path, "a value must be at most 256 letters, digits, spaces and _.:/=+@-");
        }
    }

    private void CheckDomain()
    {
        if (_blueprint.Domain is not { } domain)
            return;

        if (domain.Prefix is null && domain.Custom is null)
            Add("domain", "must have a prefix, a custom domain, or both; leave domain out if you want none");

        if (domain.Prefix is { } prefix)
        {
            if (!CognitoNames.IsDomainPrefix(prefix))
                Add("domain.prefix", $"'{prefix}' must be 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end");
            else if (NameRules.FindReservedWord(prefix) is { } word)
                Add("domain.prefix", $"'{prefix}' contains the reserved word '{word}' between hyphens");
        }

        if (domain.Custom is { } custom)
            CheckCustomDomain(custom);
        _mistakes.AddRange(SettingsValidation.Check(domain, _blueprint.UserPool?.Tier));
    }

    private void CheckCustomDomain(CustomDomainBlueprint custom)
    {
        if (!NameRules.IsCustomDomain(custom.Name))
            Add("domain.custom.name", $"'{custom.Name}' must be a host name in lower case such as auth.example.com, without scheme and path");

        if (_blueprint.UserPool?.External == true)
            return;

        if (!NameRules.IsCertificateArn(custom.CertificateArn))
            Add("domain.custom.certificateArn", "must be the ARN of a certificate in AWS Certificate Manager");
        else if (custom.CertificateArn!.Split(':')[3] is var region && region != "us-east-1")
            Add("domain.custom.certificateArn", $"the certificate is in {region}; a custom domain needs a certificate in us-east-1, even if the user pool is in another region");

        if (_blueprint.UserPool?.Id?.StartsWith("us-gov-", StringComparison.Ordinal) == true)
            Add("domain.custom", "GovCloud has no custom domains");
    }

    private void CheckResourceServers()
    {
        var servers = _blueprint.ResourceServers;
        if (servers.Count > 300)
            Add("resourceServers", $"{servers.Count} are too many; a user pool has at most 300");

        CheckUnique("resourceServers", servers, server => server?.Identifier, StringComparer.Ordinal);
        for (var i = 0; i < servers.Count; i++)
        {
            var path = $"resourceServers[{i}]";
            if (servers[i] is { } server)
                CheckResourceServer(path, server);
            else
                Add(path, "must not be null");
        }
    }

    private void CheckResourceServer(string path, ResourceServerBlueprint server)
    {
        if (!CognitoNames.IsResourceServerIdentifier(server.Identifier))
            Add($"{path}.identifier", "must be 1 to 256 printable ASCII characters without space, \" and \\");
        else if (server.Identifier == "aws.cognito" || server.Identifier.StartsWith("aws.cognito/", StringComparison.Ordinal))
            Add($"{path}.identifier", "aws.cognito is reserved");
        if (server.Name is not null && !NameRules.IsDisplayName(server.Name, 256))
            Add($"{path}.name", $"must be 1 to 256 characters: {DisplayNameRule}");

        if (server.Scopes.Count > 100)
            Add($"{path}.scopes", $"{server.Scopes.Count} are too many; a resource server has at most 100");

        CheckUnique($"{path}.scopes", server.Scopes, scope => scope?.Name, StringComparer.Ordinal);
        for (var i = 0; i < server.Scopes.Count; i++)
            CheckScope($"{path}.scopes[{i}]", server, server.Scopes[i]);
    }

    private void CheckScope(string path, ResourceServerBlueprint server, ScopeBlueprint? scope)
    {
        if (scope is null)
        {
            Add(path, "must not be null");
            return;
        }

        if (!CognitoNames.IsScopeName(scope.Name))
            Add($"{path}.name", "must be 1 to 256 printable ASCII characters without space, \", \\ and /");
        else if ($"{server.Identifier}/{scope.Name}".Length > CognitoNames.MaxScopeLength)
            Add($"{path}.name", $"identifier, / and name together must be at most {CognitoNames.MaxScopeLength} characters");
        if (scope.Description is { Length: 0 or > 256 })
            Add($"{path}.description", "must be 1 to 256 characters");
    }

    private void CheckAppClients()
    {
        var clients = _blueprint.AppClients;
        if (clients.Count > 10_000)
            Add("appClients", $"{clients.Count} are too many; a user pool has at most 10,000");

        var scopes = _blueprint.ResourceServers
            .Where(server => server is not null)
            .SelectMany(server => server.Scopes.Where(scope => scope is not null).Select(scope => $"{server.Identifier}/{scope.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        // Services find their credentials in configuration by this name, and configuration ignores case.
        CheckUnique("appClients", clients, client => client?.Name, StringComparer.OrdinalIgnoreCase);
        CheckUnique("appClients", clients, client => client?.Id, StringComparer.Ordinal);
        for (var i = 0; i < clients.Count; i++)
        {
            var path = $"appClients[{i}]";
            if (clients[i] is { } client)
                CheckAppClient(path, client, scopes);
            else
                Add(path, "must not be null");
        }
    }

    private void CheckAppClient(string path, AppClientBlueprint client, HashSet<string> declared)
    {
        if (!NameRules.IsDisplayName(client.Name, 128))
            Add($"{path}.name", $"must be 1 to 128 characters: {DisplayNameRule}");

        if (!Enum.IsDefined(client.Route))
            Add($"{path}.route", "must be OAuth2, GetClientToken, Both or UserPassword");
        else if (client.Route is AppClientRoute.OAuth2 or AppClientRoute.Both && _blueprint.Domain is null)
            Add($"{path}.route", $"{client.Route} needs a domain; add a domain, or use GetClientToken");

        if (client.TokenLifetime is { } lifetime
            && (lifetime < _shortestLifetime || lifetime > _longestLifetime || lifetime.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            Add($"{path}.tokenLifetime", "must be 5 minutes to 1 day, in whole seconds");
        }

        _mistakes.AddRange(SettingsValidation.Check(path, client));
        _mistakes.AddRange(SignInValidation.Check(path, client));
        _mistakes.AddRange(ClaimsValidation.Check(path, client));
        _mistakes.AddRange(UserPasswordValidation.Check(path, client));
        if (client.Scopes.Count > CognitoNames.MaxScopesPerClient || (client.Scopes.Count == 0 && client.Route != AppClientRoute.UserPassword))
            Add($"{path}.scopes", $"must be 1 to {CognitoNames.MaxScopesPerClient} scopes");

        CheckUnique($"{path}.scopes", client.Scopes, scope => scope, StringComparer.Ordinal);
        for (var i = 0; i < client.Scopes.Count; i++)
        {
            if (client.Scopes[i] is not { } scope)
                Add($"{path}.scopes[{i}]", "must not be null");
            else if (!declared.Contains(scope) && !ExternalValidation.IsScope(_blueprint, scope))
                Add($"{path}.scopes[{i}]", UnknownScope(scope));
        }
    }

    private static string UnknownScope(string scope) =>
        scope.Contains('/', StringComparison.Ordinal)
            ? $"'{scope}' is not a scope of a resource server in this blueprint"
            : $"'{scope}' must be written resource-server/scope; scopes such as openid are for users";

    private void CheckUnique<T>(string path, IReadOnlyList<T> items, Func<T, string?> key, StringComparer comparer)
    {
        var seen = new Dictionary<string, int>(comparer);
        for (var i = 0; i < items.Count; i++)
        {
            if (key(items[i]) is { } name && !seen.TryAdd(name, i))
                Add($"{path}[{i}]", $"'{name}' is the same as {path}[{seen[name]}]{(comparer == StringComparer.OrdinalIgnoreCase ? " (upper and lower case do not count)" : "")}");
        }
    }

    private void Add(string path, string message) => _mistakes.Add(new() { Path = path, Message = message });
}
