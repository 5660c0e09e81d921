namespace CognitoM2M.Shared;

/// <summary>The token in the value of a header Authorization (RFC 6750, section 2.1).</summary>
internal static class BearerScheme
{
    private const string Prefix = "Bearer ";

    /// <summary>Whether the value begins with the name of the scheme, in any case, and a space.</summary>
    public static bool IsNamed(ReadOnlySpan<char> authorization) => authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the token; empty if the value has none. Spaces around the token do not belong to it. The verifier judges every other character.</summary>
    public static ReadOnlyMemory<char> ReadToken(string? authorization) =>
        IsNamed(authorization) ? authorization.AsMemory(Prefix.Length).Trim(' ') : default;
}
