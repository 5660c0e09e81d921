using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>The sign-in that the tokens of one cache entry come from: its refresh token, and how Cognito takes it.</summary>
internal sealed class UserSession
{
    private volatile RefreshToken? _refreshToken;

    /// <summary>The refresh token; null if there is none that can be used.</summary>
    public RefreshToken? RefreshToken => _refreshToken;

    /// <summary>The operation that took a refresh token last; null if that is not known.</summary>
    public RefreshOperation? Operation { get; set; }

    /// <summary>The client secret that the last request was sent with; null if the app client has none. Needed to revoke the refresh token.</summary>
    public string? ClientSecret { get; private set; }

    public void Keep(RefreshToken? refreshToken, string? clientSecret)
    {
        ClientSecret = clientSecret;
        _refreshToken = refreshToken;
    }

    /// <summary>Takes the refresh token away.</summary>
    public RefreshToken? TakeRefreshToken() => Interlocked.Exchange(ref _refreshToken, null);
}

/// <summary>The two operations that take a refresh token.</summary>
internal enum RefreshOperation
{
    /// <summary><c>GetTokensFromRefreshToken</c>, which works with and without rotation of refresh tokens.</summary>
    GetTokensFromRefreshToken,

    /// <summary><c>InitiateAuth</c> with the flow <c>REFRESH_TOKEN_AUTH</c>, which works without rotation only. Older, so more services have it.</summary>
    InitiateAuth,
}
