namespace CognitoM2M.UserSessions.Errors;

/// <summary>Where in the life of a session a request stands. One error can mean different things at different steps.</summary>
internal enum SessionStep
{
    SignIn,
    Challenge,
    Refresh,

    /// <summary>A request that an access token authorizes.</summary>
    AccessToken,

    Revocation,
    CodeExchange,

    /// <summary>The callback of the browser, without a request.</summary>
    Callback,
}
