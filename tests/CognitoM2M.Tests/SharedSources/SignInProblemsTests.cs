using System.Net;
using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Tests.SharedSources;

public sealed class SignInProblemsTests
{
    [Theory]
    [InlineData("NotAuthorizedException", "Incorrect username or password.", nameof(SignInProblem.WrongPassword))]
    [InlineData("NotAuthorizedException", "Password attempts exceeded", nameof(SignInProblem.AttemptsExceeded))]
    [InlineData("NotAuthorizedException", "User is disabled.", nameof(SignInProblem.UserDisabled))]
    [InlineData("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.", nameof(SignInProblem.PasswordExpired))]
    [InlineData("NotAuthorizedException", "Client abc is configured for secret but secret was not received", nameof(SignInProblem.SecretMissing))]
    [InlineData("NotAuthorizedException", "Client abc is configured with secret but SECRET_HASH was not received", nameof(SignInProblem.SecretMissing))]
    [InlineData("NotAuthorizedException", "Unable to verify secret hash for client abc", nameof(SignInProblem.SecretWrong))]
    [InlineData("NotAuthorizedException", "SecretHash does not match for the client: abc", nameof(SignInProblem.SecretWrong))]
    [InlineData("NotAuthorizedException", "Invalid Refresh Token", nameof(SignInProblem.RefreshTokenRefused))]
    [InlineData("NotAuthorizedException", "Refresh Token has expired", nameof(SignInProblem.RefreshTokenRefused))]
    [InlineData("NotAuthorizedException", "Refresh Token has been revoked", nameof(SignInProblem.RefreshTokenRefused))]
    [InlineData("NotAuthorizedException", "A text of next year.", nameof(SignInProblem.Other))]
    [InlineData("NotAuthorizedException", "", nameof(SignInProblem.Other))]
    [InlineData("RefreshTokenReuseException", "", nameof(SignInProblem.RefreshTokenRefused))]
    [InlineData("PasswordResetRequiredException", "", nameof(SignInProblem.PasswordResetRequired))]
    [InlineData("UserNotConfirmedException", "", nameof(SignInProblem.UserNotConfirmed))]
    [InlineData("UserNotFoundException", "", nameof(SignInProblem.UserNotFound))]
    [InlineData("UserLambdaValidationException", "", nameof(SignInProblem.TriggerRefused))]
    [InlineData("UnexpectedLambdaException", "", nameof(SignInProblem.TriggerRefused))]
    [InlineData("InvalidLambdaResponseException", "", nameof(SignInProblem.TriggerRefused))]
    [InlineData("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client", nameof(SignInProblem.FlowNotEnabled))]
    [InlineData("InvalidParameterException", "REFRESH_TOKEN_AUTH is not supported for a client with refresh token rotation.", nameof(SignInProblem.FlowNotEnabled))]
    [InlineData("InvalidParameterException", "Initiate Auth method not supported.", nameof(SignInProblem.FlowNotEnabled))]
    [InlineData("InvalidParameterException", "Missing required parameter USERNAME", nameof(SignInProblem.Other))]
    [InlineData("UnsupportedOperationException", "", nameof(SignInProblem.OperationNotAvailable))]
    [InlineData("OperationNotEnabledException", "", nameof(SignInProblem.OperationNotAvailable))]
    [InlineData("UnknownOperationException", "", nameof(SignInProblem.OperationNotAvailable))]
    [InlineData("ResourceNotFoundException", "", nameof(SignInProblem.AppClientNotFound))]
    [InlineData("ForbiddenException", "", nameof(SignInProblem.Blocked))]
    [InlineData("TooManyRequestsException", "", nameof(SignInProblem.Throttled))]
    [InlineData("ThrottlingException", "", nameof(SignInProblem.Throttled))]
    [InlineData("InternalErrorException", "", nameof(SignInProblem.ServiceFailed))]
    [InlineData("InternalServerException", "", nameof(SignInProblem.ServiceFailed))]
    [InlineData("InternalFailure", "", nameof(SignInProblem.ServiceFailed))]
    [InlineData("ServiceUnavailable", "", nameof(SignInProblem.ServiceFailed))]
    [InlineData("SomethingElseException", "Incorrect username or password.", nameof(SignInProblem.Other))]
    [InlineData(null, "Incorrect username or password.", nameof(SignInProblem.Other))]
    public void Problem_is_recognized(string? name, string message, string expected) =>
        Assert.Equal(expected, SignInProblems.Find(new JsonApiError(name, message)).ToString());

    [Theory]
    [InlineData(null, """{"__type":"NotAuthorizedException","message":"Text"}""", "NotAuthorizedException", "Text")]
    [InlineData(null, """{"__type":"com.amazonaws.cognito#NotAuthorizedException","Message":"Text"}""", "NotAuthorizedException", "Text")]
    [InlineData("UserNotFoundException:http://internal/", """{"__type":"Other","message":"Text"}""", "UserNotFoundException", "Text")]
    [InlineData(null, """{"__type":5,"message":[]}""", null, "")]
    [InlineData(null, null, null, "")]
    public void Error_is_read_from_header_and_body(string? header, string? body, string? name, string message)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest);
        if (header is not null)
            response.Headers.Add("x-amzn-ErrorType", header);

        var error = JsonApiError.Read(response, body is null ? null : JsonElement.Parse(body));

        Assert.Equal(new JsonApiError(name, message), error);
    }

    [Fact]
    public void Text_of_an_error_does_not_show_what_cognito_said() =>
        Assert.Equal("JsonApiError", new JsonApiError("NotAuthorizedException", "echo of a password").ToString());
}
