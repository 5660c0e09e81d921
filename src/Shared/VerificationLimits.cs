namespace CognitoM2M.Shared;

/// <summary>Limits of what is read of a token, and how far its times may be off.</summary>
internal static class VerificationLimits
{
    /// <summary>The longest token that is read, in characters, if the settings name no other limit.</summary>
    public const int DefaultTokenLength = 16_384;

    /// <summary>The lowest limit for the length of tokens that settings may name.</summary>
    public const int MinTokenLength = 1_024;

    /// <summary>The highest limit for the length of tokens that settings may name.</summary>
    public const int MaxTokenLength = 1_048_576;

    /// <summary>The longest issuer, in characters. Cognito's issuers are much shorter.</summary>
    public const int MaxIssuerLength = 256;

    /// <summary>How far clocks may differ at most.</summary>
    public static readonly TimeSpan MaxClockTolerance = TimeSpan.FromMinutes(5);
}
