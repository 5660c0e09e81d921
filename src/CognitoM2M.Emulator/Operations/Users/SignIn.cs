namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>One sign-in of a user. All tokens of the sign-in share these claims, also after a refresh.</summary>
/// <param name="OriginJti">The id of the sign-in (claim <c>origin_jti</c>).</param>
/// <param name="AuthTime">When the user signed in (claim <c>auth_time</c>), in seconds since 1970.</param>
internal sealed record SignIn(string OriginJti, long AuthTime);
