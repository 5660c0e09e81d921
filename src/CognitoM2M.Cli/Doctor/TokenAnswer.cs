namespace CognitoM2M.Cli.Doctor;

/// <summary>What the library got for its token request: a token, or a failure.</summary>
internal sealed class TokenAnswer
{
    /// <summary>The token; null if Cognito issued none.</summary>
    public CognitoAccessToken? Token { get; private init; }

    /// <summary>Why there is no token; null if there is one.</summary>
    public CognitoTokenException? Failure { get; private init; }

    /// <summary>Whether a user was to sign in.</summary>
    private bool IsSignIn { get; init; }

    /// <summary>
    /// The settings that Cognito may have refused, in the order in which it checks them; empty if there is a token, or if Cognito did not get
    /// as far. Some errors do not say which of two settings is wrong.
    /// </summary>
    public IReadOnlyList<ClientSetting> Suspects => IsSignIn ? FindSuspectsOfSignIn() : Failure?.Error switch
    {
        "ResourceNotFoundException" => [ClientSetting.ClientId, ClientSetting.Scopes],
        "invalid_client" or "NotAuthorizedException" => [ClientSetting.ClientId, ClientSetting.Secret],
        CognitoTokenErrors.SecretUnavailable => [ClientSetting.Secret],
        "invalid_grant" => [ClientSetting.OAuthFlag],
        "unauthorized_client" => [ClientSetting.Flows],
        "InvalidParameterException" => [ClientSetting.Flows, ClientSetting.Scopes],
        "invalid_scope" => [ClientSetting.Scopes],
        _ => [],
    };

    // Whether Cognito looks at the secret or at the flows first is not documented.
    private IReadOnlyList<ClientSetting> FindSuspectsOfSignIn() => Failure?.Error switch
    {
        "ResourceNotFoundException" => [ClientSetting.ClientId],
        "InvalidParameterException" => [ClientSetting.Secret, ClientSetting.Flows],
        "NotAuthorizedException" or CognitoTokenErrors.SecretUnavailable => [ClientSetting.Secret, ClientSetting.User],
        CognitoTokenErrors.ChallengeRequired or "PasswordResetRequiredException" or "UserNotConfirmedException" or "UserNotFoundException"
            or "UserLambdaValidationException" or "UnexpectedLambdaException" or "InvalidLambdaResponseException" => [ClientSetting.User],
        _ => [],
    };

    /// <summary>Whether a token came, or an error that only Cognito gives.</summary>
    public bool IsFromCognito => Token is not null || (Suspects.Count > 0 && Failure!.TokenEndpointStatusCode is not null);

    public static async Task<TokenAnswer> RequestAsync(
        Subject subject, HttpMessageHandler handler, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = new CognitoM2MClient(subject.Options, tokenEndpointHandler: handler, timeProvider: time);
        try
        {
            return new TokenAnswer { IsSignIn = subject.SignsIn, Token = await client.GetTokenAsync(cancellationToken).ConfigureAwait(false) };
        }
        catch (CognitoTokenException failure)
        {
            return new TokenAnswer { IsSignIn = subject.SignsIn, Failure = failure };
        }
    }
}
