namespace CognitoM2M.UserSessions.Errors;

/// <summary>The step of a session to which a request belongs. One error can mean different things at different steps.</summary>
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
