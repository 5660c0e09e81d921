using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>The sign-in that the tokens of one cache entry come from: its refresh token, and how Cognito takes it.</summary>
internal sealed class UserSession
{
    private volatile RefreshToken? _refreshToken;

    /// <summary>The refresh token; null if there is none that can be used.</summary>
    public RefreshToken? RefreshToken => _refreshToken;

    /// <summary>The operation that took a refresh token last; null if that is not known.</summary>
    public RefreshOperation? Operation { get; private set; }

    /// <summary>The client secret that the last request was sent with; null if the app client has none. Needed to revoke the refresh token.</summary>
    public string? ClientSecret { get; private set; }

    /// <summary>Keeps the refresh token of an answer of Cognito.</summary>
    /// <param name="refreshToken">The refresh token; null if there is none.</param>
    /// <param name="clientSecret">The client secret that the request was sent with; null if the app client has none.</param>
    /// <param name="operation">The operation that took the former refresh token; null after a sign-in with the password.</param>
    public void Keep(RefreshToken? refreshToken, string? clientSecret, RefreshOperation? operation)
    {
        ClientSecret = clientSecret;
        Operation = operation;
        _refreshToken = refreshToken;
    }

    /// <summary>Forgets the refresh token, because Cognito does not take it.</summary>
    public void Forget()
    {
        Operation = null;
        _refreshToken = null;
    }

    /// <summary>Takes the refresh token away.</summary>
    public RefreshToken? TakeRefreshToken() => Interlocked.Exchange(ref _refreshToken, null);
}

/// <summary>The two operations that take a refresh token.</summary>
internal enum RefreshOperation
{
    /// <summary><c>GetTokensFromRefreshToken</c>, which works with and without rotation of refresh tokens.</summary>
    GetTokensFromRefreshToken,

    /// <summary><c>InitiateAuth</c> with the flow <c>REFRESH_TOKEN_AUTH</c>, which works without rotation only. This flow is older, so more services have it.</summary>
    InitiateAuth,
}
