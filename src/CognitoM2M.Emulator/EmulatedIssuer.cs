namespace CognitoM2M.Emulator;

/// <summary>The form of a user pool's issuer. No form ends in a slash.</summary>
public enum EmulatedIssuer
{
    /// <summary>
    /// <c>https://cognito-idp.{region}.amazonaws.com/{userPoolId}</c>, Cognito's default. A verifier has to be given the
    /// key set's address, <see cref="EmulatedUserPool.JwksUri"/>, because the issuer does not lead to the emulator.
    /// </summary>
    Cognito,

    /// <summary><c>https://issuer-cognito-idp.{region}.amazonaws.com/{userPoolId}</c>, the form Cognito calls <c>UPDATED</c>.</summary>
    Updated,

    /// <summary><c>http://127.0.0.1:{port}/{userPoolId}</c>, for whoever finds the keys through the issuer's discovery document.</summary>
    Loopback,
}
