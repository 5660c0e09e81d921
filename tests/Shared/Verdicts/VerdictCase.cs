using CognitoM2M.Verification;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>
/// A token and its verdict. Other verifiers judge the same tokens. Where one of them comes to the opposite verdict, the case says why.
/// </summary>
/// <param name="Name">The group, a colon, and what is special about the token.</param>
/// <param name="Token">The token.</param>
/// <param name="Reason">Why the token is rejected; null if it is accepted.</param>
internal sealed record VerdictCase(string Name, string Token, TokenRejectionReason? Reason)
{
    private static readonly string[] _claimsOfCognito =
    [
        "token_use", "client_id", "scope", "username", "cognito:", "nonce", "at_hash", "name is", "email", "phone_number", "auth_time",
    ];

    public static string DefaultKeySet { get; } = TestKey.CreateKeySet(TestKey.Next, TestKey.Access);

    /// <summary>Whether an ID token is wanted.</summary>
    public bool IsIdToken { get; init; }

    /// <summary>The key set that the user pool publishes.</summary>
    public string KeySet { get; init; } = DefaultKeySet;

    /// <summary>The key set of a second user pool whose tokens are accepted too; null if there is none.</summary>
    public string? OtherKeySet { get; init; }

    /// <summary>The app clients that are accepted; null for all of them.</summary>
    public string[]? ClientIds { get; init; } = [TestToken.ClientId];

    public AcceptedCallers AcceptedCallers { get; init; }

    public string[] AllOfGroups { get; init; } = [];

    public string[] AnyOfGroups { get; init; } = [];

    /// <summary>What an ID token has to belong to; null for nothing.</summary>
    public IdTokenBinding? Binding { get; init; }

    public string[] AllOfScopes { get; init; } = [];

    public string[] AnyOfScopes { get; init; } = [];

    public TimeSpan Tolerance { get; init; }

    /// <summary>How long after <see cref="TestToken.Now"/> the token is verified.</summary>
    public TimeSpan Later { get; init; }

    /// <summary>Why aws-jwt-verify comes to the opposite verdict; null if it agrees.</summary>
    public string? AwsJwtVerifyDiffers { get; init; }

    /// <summary>Why jose comes to the opposite verdict; null if it agrees.</summary>
    public string? JoseDiffers { get; init; }

    public string Group => Name[..Name.IndexOf(':', StringComparison.Ordinal)];

    public bool IsValid => Reason is null;

    /// <summary>Whether a general verifier can judge the token. A general verifier does not know the claims of Cognito and those that describe a user.</summary>
    public bool IsForAnyVerifier =>
        Reason is not (TokenRejectionReason.NotAnAccessToken or TokenRejectionReason.NotAnIdToken or TokenRejectionReason.ScopeMissing
            or TokenRejectionReason.GroupMissing or TokenRejectionReason.CallerNotAllowed or TokenRejectionReason.NonceNotValid or TokenRejectionReason.AccessTokenHashNotValid)
        && !(Reason is TokenRejectionReason.ClientNotAllowed && !Group.Equals("aud", StringComparison.Ordinal))
        && !(Reason is TokenRejectionReason.ClaimNotValid && _claimsOfCognito.Any(claim => Name.Contains(claim, StringComparison.Ordinal)));

    /// <summary>The case for a token that we reject and these verifiers accept.</summary>
    public VerdictCase Stricter(string why, bool awsJwtVerify = false, bool jose = false) => this with
    {
        AwsJwtVerifyDiffers = awsJwtVerify ? why : AwsJwtVerifyDiffers,
        JoseDiffers = jose ? why : JoseDiffers,
    };

    private List<TrustedUserPool> UserPools
    {
        get
        {
            var pool = new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = ClientIds ?? [], AllowAnyClient = ClientIds is null };
            var other = new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.OtherClientId] };
            return OtherKeySet is null ? [pool] : [pool, other];
        }
    }

    public CognitoAccessTokenVerifierOptions CreateOptions() => new()
    {
        UserPools = UserPools,
        AcceptedCallers = AcceptedCallers,
        AllOfScopes = AllOfScopes,
        AnyOfScopes = AnyOfScopes,
        AllOfGroups = AllOfGroups,
        AnyOfGroups = AnyOfGroups,
        ClockTolerance = Tolerance,
    };

    public CognitoIdTokenVerifierOptions CreateIdTokenOptions() => new()
    {
        UserPools = UserPools,
        AllOfGroups = AllOfGroups,
        AnyOfGroups = AnyOfGroups,
        ClockTolerance = Tolerance,
    };

    /// <summary>Creates a clock that shows the time at which the token is verified.</summary>
    public ManualClock CreateClock()
    {
        var clock = new ManualClock();
        clock.Advance(Later);
        return clock;
    }

    /// <summary>Creates a stub of the server that publishes the key sets of both user pools.</summary>
    public KeySetServer CreateKeySetServer() => new(KeySet)
    {
        OnRequest = (request, _) => Task.FromResult(KeySetServer.CreateResponse(
            request.RequestUri!.AbsolutePath.Contains(TestToken.OtherPoolId, StringComparison.Ordinal) ? OtherKeySet! : KeySet)),
    };
}
