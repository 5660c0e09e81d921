namespace CognitoM2M.Diagnostics;

/// <summary>The status of one client and of the token that most of its calls use, or of an HttpClient that requests another token.</summary>
/// <param name="ClientName">The client's name.</param>
/// <param name="HasToken">Whether a usable token is held, so that calls need not wait.</param>
/// <param name="Remaining">How long the token is still valid; zero without a token.</param>
/// <param name="BackOff">How long until Cognito may be asked again; zero if it may be asked now.</param>
/// <param name="Error">The error of the last fetch; null if it succeeded.</param>
internal sealed record ClientStatus(string ClientName, bool HasToken, TimeSpan Remaining, TimeSpan BackOff, string? Error)
{
    /// <summary>The scopes of an HttpClient that has scopes of its own; null for the scopes of the client.</summary>
    public string? Scopes { get; init; }

    /// <summary>The name for a health check: the name of the client, and the scopes if they are not the client's.</summary>
    public string DisplayName => Scopes is null ? ClientName : $"{ClientName} [{Scopes}]";
}
