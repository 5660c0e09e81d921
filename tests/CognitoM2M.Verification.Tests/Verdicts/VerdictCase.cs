using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>
/// One token and what must be said of it. Other verifiers are expected to agree; where one says the opposite, the case says why.
/// </summary>
/// <param name="Name">Group, colon, what is special.</param>
/// <param name="Token">The token.</param>
/// <param name="Reason">Why it is rejected; null if it is accepted.</param>
internal sealed record VerdictCase(string Name, string Token, TokenRejectionReason? Reason)
{
    public static string DefaultKeySet { get; } = TestKey.Set(TestKey.Next, TestKey.Access);

    /// <summary>What the pool publishes.</summary>
    public string KeySet { get; init; } = DefaultKeySet;

    /// <summary>What a second pool publishes that is accepted too; null if there is none.</summary>
    public string? OtherKeySet { get; init; }

    /// <summary>The app clients accepted; null for all.</summary>
    public string[]? ClientIds { get; init; } = [TestToken.ClientId];

    public string[] AllOfScopes { get; init; } = [];

    public string[] AnyOfScopes { get; init; } = [];

    public TimeSpan Tolerance { get; init; }

    /// <summary>How far past <see cref="TestToken.Now"/> it is presented.</summary>
    public TimeSpan Later { get; init; }

    /// <summary>Why aws-jwt-verify says the opposite; null if it agrees.</summary>
    public string? AwsJwtVerifyDiffers { get; init; }

    /// <summary>Why jose says the opposite; null if it agrees.</summary>
    public string? JoseDiffers { get; init; }

    public string Group => Name[..Name.IndexOf(':', StringComparison.Ordinal)];

    public bool IsValid => Reason is null;

    /// <summary>Whether a verifier that knows nothing of Cognito can judge it: of token_use, client_id and scope that knows nothing.</summary>
    public bool IsForAnyVerifier =>
        Reason is not (TokenRejectionReason.NotAnAccessToken or TokenRejectionReason.ClientNotAllowed or TokenRejectionReason.ScopeMissing)
        && !(Reason is TokenRejectionReason.ClaimNotValid && ((string[])["token_use", "client_id", "scope"]).Any(claim => Name.Contains(claim, StringComparison.Ordinal)));

    /// <summary>We reject it and others do not.</summary>
    public VerdictCase Stricter(string why, bool awsJwtVerify = false, bool jose = false) => this with
    {
        AwsJwtVerifyDiffers = awsJwtVerify ? why : AwsJwtVerifyDiffers,
        JoseDiffers = jose ? why : JoseDiffers,
    };

    public CognitoAccessTokenVerifierOptions Options()
    {
        var options = new CognitoAccessTokenVerifierOptions
        {
            UserPoolId = TestToken.PoolId,
            AllOfScopes = AllOfScopes,
            AnyOfScopes = AnyOfScopes,
            ClockTolerance = Tolerance,
        };
        if (ClientIds is null)
            options.AnyClient();
        else
            options.ClientIds = ClientIds;
        if (OtherKeySet is not null)
            options.OtherUserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.OtherClientId] });
        return options;
    }
}
