using CognitoM2M.Emulator;

namespace CognitoM2M.Aspire.Hosting.References;

/// <summary>
/// The configuration sections that a project needs to use an emulator, as environment variables: <c>Authentication:Schemes:CognitoM2M</c> to
/// verify tokens, and <c>CognitoM2M:Clients:{name of the app client}</c> to get tokens. They replace what the settings files of the project say: a list is
/// one text, because .NET would merge it with a list of a file by position.
/// </summary>
internal static class EmulatorSettings
{
    private const string Scheme = "Authentication__Schemes__CognitoM2M";

    /// <param name="emulator">The emulator, after its blueprints were applied.</param>
    /// <param name="appClients">The names of the app clients whose tokens the project gets; null for all.</param>
    /// <exception cref="InvalidOperationException">The emulator has no app client of a name.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Create(CognitoEmulator emulator, IReadOnlyCollection<string>? appClients)
    {
        var clients = emulator.UserPools.SelectMany(pool => pool.AppClients).ToList();
        if (appClients?.FirstOrDefault(name => clients.TrueForAll(client => client.ClientName != name)) is { } missing)
            throw new InvalidOperationException($"The emulated Cognito has no app client '{missing}'. Add it to the blueprint, or correct the name in WithReference.");

        return CreateTrust(emulator).Concat(clients
            .Where(client => client.ClientSecret is not null && appClients?.Contains(client.ClientName, StringComparer.Ordinal) != false)
            .SelectMany(client => CreateClient(emulator, client)));
    }

    private static IEnumerable<KeyValuePair<string, string>> CreateTrust(CognitoEmulator emulator)
    {
        // One user pool is written into the section itself, several user pools into its list.
        var pools = emulator.UserPools;
        foreach (var (pool, index) in pools.Select((pool, index) => (pool, index)))
        {
            var section = pools.Count == 1 ? Scheme : $"{Scheme}__UserPools__{index}";
            yield return new($"{section}__UserPoolId", pool.Id);
            yield return new($"{section}__JwksUri", pool.JwksUri.AbsoluteUri);
            if (pool.AppClients.Count > 0)
                yield return new($"{section}__ClientIds", string.Join(' ', pool.AppClients.Select(client => client.ClientId)));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> CreateClient(CognitoEmulator emulator, EmulatedAppClient client)
    {
        var section = $"CognitoM2M__Clients__{client.ClientName}";
        var usesTokenEndpoint = client.AllowedOAuthFlows.Contains("client_credentials", StringComparer.Ordinal);
        yield return new($"{section}__Route", usesTokenEndpoint ? "OAuth2" : "GetClientToken");
        // A domain in a settings file would contradict the token endpoint.
        yield return new($"{section}__Domain", "");
        yield return new($"{section}__TokenEndpoint", (usesTokenEndpoint ? emulator.TokenEndpoint : emulator.BaseAddress).AbsoluteUri);
        yield return new($"{section}__ClientId", client.ClientId);
        yield return new($"{section}__ClientSecret", client.ClientSecret!);
        yield return new($"{section}__Scopes", string.Join(' ', client.AllowedOAuthScopes));
    }
}
