using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.SignIn;

/// <summary>Tokens of a user are renewed with the refresh token, and with the password only if Cognito does not take the refresh token.</summary>
public sealed class RefreshTests
{
    [Fact]
    public async Task Renewals_use_the_refresh_token_of_the_sign_in()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();

        Assert.Equal("access-2", await user.RenewAsync());
        Assert.Equal("access-3", await user.RenewAsync());

        Assert.Equal([$"password {StubbedUser.Password}", "refresh refresh-1", "refresh refresh-1"], user.Requests);
    }

    [Fact]
    public async Task Rotated_refresh_token_replaces_the_old_refresh_token()
    {
        await using var user = new StubbedUser { Rotates = true };
        await user.GetTokenAsync();

        Assert.Equal("access-2", await user.RenewAsync());
        Assert.Equal("access-3", await user.RenewAsync());
        Assert.Equal("access-4", await user.RenewAsync());

        Assert.Equal([$"password {StubbedUser.Password}", "refresh refresh-1", "refresh refresh-2", "refresh refresh-3"], user.Requests);
    }

    [Theory]
    [InlineData("NotAuthorizedException", "Refresh Token has expired")]
    [InlineData("NotAuthorizedException", "Refresh Token has been revoked")]
    [InlineData("NotAuthorizedException", "Invalid Refresh Token")]
    [InlineData("RefreshTokenReuseException", "")]
    public async Task Refused_refresh_token_leads_to_one_sign_in_in_the_same_fetch(string error, string message)
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind == "refresh" && request.Secret == "refresh-1" ? StubbedUser.Refuse(error, message) : null;

        Assert.Equal("access-2", await user.RenewAsync());

        Assert.Equal([$"password {StubbedUser.Password}", "refresh refresh-1", $"password {StubbedUser.Password}"], user.Requests);
        Assert.Equal("access-3", await user.RenewAsync());
        Assert.Equal("refresh refresh-2", user.Requests.Last());
    }

    [Fact]
    public async Task Refused_refresh_token_is_not_sent_again_after_a_failed_sign_in()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind == "refresh" ? StubbedUser.Refuse("NotAuthorizedException", "Refresh Token has been revoked")
            : StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable);
        await user.RenewAsync();

        await RenewAfterFailureAsync(user);

        Assert.Equal("access-2", await user.GetTokenAsync());
        Assert.Equal(["refresh refresh-1", $"password {StubbedUser.Password}", $"password {StubbedUser.Password}"], user.Requests.Skip(1));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.OK)]
    public async Task Password_is_not_sent_after_a_failure_that_does_not_concern_the_refresh_token(HttpStatusCode status)
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = _ => StubbedResponse.CreateStatus(status);
        await user.RenewAsync();

        await RenewAfterFailureAsync(user);

        Assert.Equal("access-2", await user.GetTokenAsync());
        Assert.Equal(["refresh refresh-1", "refresh refresh-1"], user.Requests.Skip(1));
    }

    [Theory]
    [InlineData("NotAuthorizedException", "User is disabled.")]
    [InlineData("UserNotFoundException", "")]
    [InlineData("PasswordResetRequiredException", "")]
    [InlineData("UserLambdaValidationException", "")]
    [InlineData("ForbiddenException", "Request not allowed due to WAF block.")]
    [InlineData("ResourceNotFoundException", "")]
    public async Task Password_is_not_sent_after_a_refusal_that_a_sign_in_cannot_solve(string error, string message)
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = _ => StubbedUser.Refuse(error, message);

        await user.RenewAsync();

        Assert.Equal(["refresh refresh-1"], user.Requests.Skip(1));
    }

    [Fact]
    public async Task User_who_was_deleted_and_created_again_is_signed_in_with_the_password()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = _ => StubbedUser.Refuse("UserNotFoundException", "User does not exist.");
        await user.RenewAsync();

        await RenewAfterFailureAsync(user);

        Assert.Equal("access-2", await user.GetTokenAsync());
        Assert.Equal(["refresh refresh-1", $"password {StubbedUser.Password}"], user.Requests.Skip(1));
    }

    [Theory]
    [InlineData("UnknownOperationException", "")]
    [InlineData("UnsupportedOperationException", "")]
    [InlineData("InvalidParameterException", "Something about this operation")]
    [InlineData("NotAuthorizedException", "A text of next year")]
    public async Task Older_flow_is_used_where_the_newer_operation_does_not_work_and_remembered(string error, string message)
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind == "refresh" ? StubbedUser.Refuse(error, message) : null;

        Assert.Equal("access-2", await user.RenewAsync());
        Assert.Equal("access-3", await user.RenewAsync());

        Assert.Equal(["refresh refresh-1", "old-refresh refresh-1", "old-refresh refresh-1"], user.Requests.Skip(1));
    }

    [Fact]
    public async Task Remembered_flow_that_stops_working_leads_to_the_password_and_both_are_tried_again()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind == "refresh" ? StubbedUser.Refuse("UnknownOperationException") : null;
        await user.RenewAsync();

        user.OnRequest = request => request.Kind == "old-refresh" ? StubbedUser.Refuse("InvalidParameterException", "REFRESH_TOKEN_AUTH flow not enabled for this client") : null;
        Assert.Equal("access-3", await user.RenewAsync());
        Assert.Equal("access-4", await user.RenewAsync());

        Assert.Equal(["old-refresh refresh-1", $"password {StubbedUser.Password}", "refresh refresh-3"], user.Requests.Skip(3));
    }

    [Fact]
    public async Task App_client_that_refreshes_nothing_is_signed_in_with_the_password_once_for_each_renewal()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind is "refresh" or "old-refresh" ? StubbedUser.Refuse("InvalidParameterException", "REFRESH_TOKEN_AUTH flow not enabled for this client") : null;

        Assert.Equal("access-2", await user.RenewAsync());

        Assert.Equal(["refresh refresh-1", "old-refresh refresh-1", $"password {StubbedUser.Password}"], user.Requests.Skip(1));
    }

    [Fact]
    public async Task Answer_without_a_refresh_token_is_used_and_the_next_renewal_signs_in()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.GiveTokens("access", "id", refreshToken: null);
        Assert.Equal("access", await user.GetTokenAsync());

        user.OnRequest = _ => null;
        Assert.Equal("access-1", await user.RenewAsync());

        Assert.Equal(2, user.PasswordRequests);
    }

    [Fact]
    public async Task Refresh_token_is_still_used_after_its_entry_was_dropped()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();

        // The store drops entries that nobody uses for 25 hours.
        user.Clock.Advance(TimeSpan.FromHours(26));

        Assert.Equal("access-2", await user.GetTokenAsync());
        Assert.Equal("refresh refresh-1", user.Requests.Last());
    }

    [Fact]
    public async Task Rejected_token_is_replaced_with_the_refresh_token_at_most_once_in_30_seconds()
    {
        await using var user = new StubbedUser();
        user.Service.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));

        for (var call = 0; call < 10; call++)
            Assert.Equal(HttpStatusCode.Unauthorized, await user.Service.CallApiAsync());
        Assert.Equal([$"password {StubbedUser.Password}", "refresh refresh-1"], user.Requests);

        user.Clock.Advance(TimeSpan.FromSeconds(29.9));
        await user.Service.CallApiAsync();
        Assert.Equal(2, user.Requests.Count);
        user.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await user.Service.CallApiAsync();
        Assert.Equal("refresh refresh-1", user.Requests.Last());
        Assert.Equal(3, user.Requests.Count);
    }

    /// <summary>Lets Cognito answer as usual again, and waits for the renewal after the back-off.</summary>
    private static async Task RenewAfterFailureAsync(StubbedUser user)
    {
        user.OnRequest = _ => null;
        user.Clock.Advance(TimeSpan.FromSeconds(5));
        await user.GetTokenAsync();
        await user.Service.WaitForFetchAsync();
    }
}
