using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.SignIn;

/// <summary>Each failure of a sign-in says what an administrator has to do.</summary>
public sealed class SignInErrorTests
{
    private const string SetPassword =
        "aws cognito-idp admin-set-user-password --region eu-west-1 --user-pool-id USER_POOL_ID --username 'robot' --password NEW_PASSWORD --permanent";

    [Theory]
    [InlineData("NEW_PASSWORD_REQUIRED", SetPassword)]
    [InlineData("SMS_MFA", "admin-set-user-mfa-preference --region eu-west-1 --user-pool-id USER_POOL_ID --username 'robot' --sms-mfa-settings Enabled=false")]
    [InlineData("SOFTWARE_TOKEN_MFA", "second factor")]
    [InlineData("EMAIL_OTP", "second factor")]
    [InlineData("SMS_OTP", "second factor")]
    [InlineData("SELECT_MFA_TYPE", "second factor")]
    [InlineData("MFA_SETUP", "MfaConfiguration of the user pool to OPTIONAL or OFF")]
    [InlineData("SELECT_CHALLENGE", "AllowedFirstAuthFactors")]
    [InlineData("DEVICE_SRP_AUTH", "DeviceConfiguration")]
    [InlineData("DEVICE_PASSWORD_VERIFIER", "DeviceConfiguration")]
    [InlineData("CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE")]
    [InlineData("WEB_AUTHN", "WEB_AUTHN")]
    [InlineData("ECHO_OF_THE_REQUEST", "a challenge that this library does not know")]
    public async Task Challenge_is_an_error_that_says_what_to_do(string challenge, string expected)
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Challenge(challenge);

        var failure = await user.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.ChallengeRequired, failure.Error);
        Assert.False(failure.IsTransient);
        Assert.Equal(HttpStatusCode.OK, failure.TokenEndpointStatusCode);
        Assert.Contains(expected, failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("a-session-of-a-challenge", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ECHO", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NotAuthorizedException", "User is disabled.", "admin-enable-user --region eu-west-1 --user-pool-id USER_POOL_ID --username 'robot'", false)]
    [InlineData("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.", SetPassword, false)]
    [InlineData("NotAuthorizedException", "Client abc123 is configured for secret but secret was not received", "Set ClientSecret", false)]
    [InlineData("NotAuthorizedException", "Unable to verify secret hash for client abc123", "does not accept the client secret", false)]
    [InlineData("NotAuthorizedException", "A text of next year", "for a reason that this library does not know", false)]
    [InlineData("PasswordResetRequiredException", "", SetPassword, false)]
    [InlineData("UserNotConfirmedException", "", "admin-confirm-sign-up", false)]
    [InlineData("UserNotFoundException", "", "has no user 'robot'", false)]
    [InlineData("UserLambdaValidationException", "", "Lambda trigger", false)]
    [InlineData("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client", "ALLOW_USER_PASSWORD_AUTH", false)]
    [InlineData("InvalidParameterException", "Missing required parameter USERNAME", "refused a parameter", false)]
    [InlineData("UnsupportedOperationException", "", "not available at this address", false)]
    [InlineData("ResourceNotFoundException", "", "does not know app client 'abc123'", false)]
    [InlineData("ForbiddenException", "", "AWS WAF", false)]
    [InlineData("TooManyRequestsException", "", "throttles sign-ins", true)]
    [InlineData("ThrottlingException", "", "raise the quota UserAuthentication in the Service Quotas console of eu-west-1.", true)]
    [InlineData("InternalErrorException", "", "cognito-idp.eu-west-1.amazonaws.com", true)]
    public async Task Error_of_Cognito_is_explained(string error, string message, string expected, bool isTransient)
    {
        await using var user = new StubbedUser(options => options.FirstFetchAttempts = 1);
        user.OnRequest = _ => StubbedUser.Refuse(error, message);

        var failure = await user.FailToGetTokenAsync();

        Assert.Equal(error, failure.Error);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Contains(expected, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_in_a_user_name_do_not_end_the_argument_of_a_command()
    {
        await using var user = new StubbedUser(options => options.Username = "o'neil");
        user.OnRequest = _ => StubbedUser.Challenge("NEW_PASSWORD_REQUIRED");

        var failure = await user.FailToGetTokenAsync();

        Assert.Contains(@"--username 'o'\''neil' --password", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_names_no_region_if_the_settings_do_not()
    {
        await using var user = new StubbedUser(options =>
        {
            options.Region = null;
            options.TokenEndpoint = new Uri(StubbedUser.Endpoint);
        });
        user.OnRequest = _ => StubbedUser.Challenge("NEW_PASSWORD_REQUIRED");

        Assert.Contains("admin-set-user-password --user-pool-id", (await user.FailToGetTokenAsync()).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_client_secret_is_replaced_by_the_secret_of_its_source_and_the_password_is_not_refused()
    {
        var secrets = new Queue<string>(["old-secret", "new-secret"]);
        await using var user = new StubbedUser(options => options.ClientSecretSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(secrets.Dequeue())));
        var answers = 0;
        user.OnRequest = _ => ++answers == 1 ? StubbedUser.Refuse("NotAuthorizedException", "Unable to verify secret hash for client abc123") : null;

        Assert.Equal("access-1", await user.GetTokenAsync());

        Assert.Equal(2, user.PasswordRequests);
    }

    [Fact]
    public async Task Answer_that_is_neither_tokens_nor_a_challenge_is_an_invalid_response()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedResponse.CreateJson("""{"ChallengeParameters":{}}""");

        var failure = await user.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.InvalidResponse, failure.Error);
        Assert.Contains("it has no AuthenticationResult", failure.Hint, StringComparison.Ordinal);
    }
}
