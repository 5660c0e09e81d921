namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>A request of a browser that is refused.</summary>
/// <param name="error">The OAuth error code.</param>
/// <param name="description">What is wrong.</param>
internal sealed class AuthorizationRefusedException(string error, string description) : Exception(description)
{
    public string Error { get; } = error;

    /// <summary>The address of the app client that gets the error; null to show a page to the user.</summary>
    public string? RedirectUri { get; init; }

    public string? State { get; init; }
}
