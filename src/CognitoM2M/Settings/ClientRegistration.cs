namespace CognitoM2M.Settings;

/// <summary>Marks that a client of this name was registered. Used for warm-up, and by the error for an unknown name.</summary>
internal sealed record ClientRegistration(string ClientName);

/// <summary>Marks that an HttpClient carries the token of this client, so that an unknown name is found when the host starts.</summary>
/// <param name="ClientName">The name of the client.</param>
/// <param name="HttpClientName">The name of the HttpClient; null if all HttpClients carry the token by default (<c>ConfigureHttpClientDefaults</c>).</param>
internal sealed record ClientReference(string ClientName, string? HttpClientName)
{
    public bool IsForAllHttpClients => HttpClientName is null;
}
