namespace CognitoM2M.Emulator;

/// <summary>The form of a user pool's issuer. No form ends with a slash.</summary>
public enum EmulatedIssuer
{
    /// <summary>
    /// <c>https://cognito-idp.{region}.amazonaws.com/{userPoolId}</c>, Cognito's default; other partitions have their own host suffix. This
    /// address does not lead to the emulator. Therefore give the verifier <see cref="EmulatedUserPool.JwksUri"/> as the address of the
    /// keys.
    /// </summary>
    Original,

    /// <summary>
    /// <c>https://issuer-cognito-idp.{region}.amazonaws.com/{userPoolId}</c>, the issuer type that Cognito calls <c>UPDATED</c>. This
    /// address does not lead to the emulator either.
    /// </summary>
    Updated,

    /// <summary>
    /// <c>http://127.0.0.1:{port}/{userPoolId}</c>, the address of the emulator (<see cref="CognitoEmulator.BaseAddress"/>). For verifiers that find the keys through the issuer's
    /// discovery document.
    /// </summary>
    Loopback,
}
