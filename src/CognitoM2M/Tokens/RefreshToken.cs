namespace CognitoM2M.Tokens;

/// <summary>The refresh token of a user's sign-in. Kept in memory alone.</summary>
/// <param name="value">The token.</param>
/// <param name="username">Cognito's own name of the user, which SECRET_HASH is made with.</param>
internal sealed class RefreshToken(string value, string username)
{
    public string Value { get; } = value;

    public string Username { get; } = username;

    public override string ToString() => nameof(RefreshToken);
}
