namespace CognitoM2M.Lambda.Events;

/// <summary>Finds the token in the value of a header (RFC 6750, section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token; null if the text has none. Nothing is trimmed: the verifier judges every character after the scheme.</summary>
    public static string? Find(string? authorization) =>
        authorization is not null && authorization.Length > Scheme.Length && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..]
            : null;
}
