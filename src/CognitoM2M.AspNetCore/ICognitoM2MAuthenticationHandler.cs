using Microsoft.AspNetCore.Authentication;

namespace CognitoM2M.AspNetCore;

/// <summary>Marks the authentication handlers of schemes that accept access tokens of Amazon Cognito, so that other code can find these schemes.</summary>
public interface ICognitoM2MAuthenticationHandler : IAuthenticationHandler;
