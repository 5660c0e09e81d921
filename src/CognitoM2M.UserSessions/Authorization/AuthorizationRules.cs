using CognitoM2M.Shared;

namespace CognitoM2M.UserSessions.Authorization;

/// <summary>Checks what the application puts into addresses of the domain.</summary>
internal static class AuthorizationRules
{
    private const int MaxTextLength = 256;

    /// <exception cref="ArgumentException">A parameter is wrong.</exception>
    public static void Check(CognitoAuthorizationParameters parameters)
    {
        if (parameters.Scopes is not { Count: > 0 } || !parameters.Scopes.All(CognitoNames.IsScope))
            throw new ArgumentException("Scopes must name at least one scope, each 1 to 256 visible ASCII characters without quotation mark and backslash.", nameof(parameters));
        if (parameters.IdentityProvider is not null && parameters.IdpIdentifier is not null)
            throw new ArgumentException("IdentityProvider and IdpIdentifier are both set. Set only one of them.", nameof(parameters));
        if (new[] { parameters.IdentityProvider, parameters.IdpIdentifier, parameters.Lang, parameters.LoginHint, parameters.Prompt }
            .Any(text => text is { Length: 0 or > MaxTextLength }))
            throw new ArgumentException($"IdentityProvider, IdpIdentifier, Lang, LoginHint and Prompt must each be null or have 1 to {MaxTextLength} characters.", nameof(parameters));
    }

    /// <exception cref="ArgumentException">The address is not one of the callback URLs, or is null and there are several.</exception>
    public static string FindRedirectUri(string? requested, IReadOnlyList<string> callbackUrls) =>
        Find(requested, callbackUrls) ?? throw CreateRefusal("The redirect URI", requested, nameof(CognitoUserSessionsOptions.CallbackUrls), nameof(requested));

    /// <exception cref="ArgumentException">The address is not one of the sign-out URLs, or is null and there are several.</exception>
    public static string FindLogoutUrl(string? requested, IReadOnlyList<string> logoutUrls) =>
        Find(requested, logoutUrls) ?? throw CreateRefusal("The address after the sign-out", requested, nameof(CognitoUserSessionsOptions.LogoutUrls), nameof(requested));

    private static string? Find(string? requested, IReadOnlyList<string> configured) =>
        requested is null ? (configured.Count == 1 ? configured[0] : null)
        : configured.Contains(requested, StringComparer.Ordinal) ? requested
        : null;

    // The requested address may come from anybody, so the message does not repeat it.
    private static ArgumentException CreateRefusal(string what, string? requested, string setting, string parameter)
    {
        var message = requested is null
            ? $"{what} must be named, unless {setting} has exactly one address."
            : $"{what} is not one of {setting}. Addresses are compared character by character.";
        return new ArgumentException(message, parameter);
    }
}
