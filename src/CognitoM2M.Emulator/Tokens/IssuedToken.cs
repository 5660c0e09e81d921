namespace CognitoM2M.Emulator.Tokens;

/// <summary>A token and its lifetime.</summary>
/// <remarks>A class and not a record, because the text of a record would show the token.</remarks>
internal sealed class IssuedToken(string accessToken, int expiresIn)
{
    public const string TokenType = "Bearer";

    public string AccessToken { get; } = accessToken;

    /// <summary>The lifetime in seconds.</summary>
    public int ExpiresIn { get; } = expiresIn;
}
