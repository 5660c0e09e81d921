using CognitoM2M.Emulator;
using CognitoM2M.UserSessions.Tests.Support;
using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Tests;

/// <summary>New tokens for refresh tokens, and their end.</summary>
public sealed class RefreshTests : SessionsTest
{
    private static readonly object _rotation = new { Feature = "ENABLED", RetryGracePeriodSeconds = 0 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refresh_token_stays_in_use_without_rotation(bool hasSecret)
    {
        var sessions = Create(CreateClient("second", hasSecret));
        var first = await SignInAsync(sessions);

        var second = await sessions.RefreshAsync(first.RefreshToken!);

        Assert.Equal(first.RefreshToken, second.RefreshToken);
        Assert.NotEqual(first.AccessToken, second.AccessToken);
        Assert.NotNull(second.IdToken);
    }

    [Fact]
    public async Task Rotated_refresh_token_replaces_the_old_one_whose_reuse_ends_the_session()
    {
        await UpdateClientAsync(Web, ("RefreshTokenRotation", _rotation), ("ExplicitAuthFlows", new[] { "ALLOW_USER_PASSWORD_AUTH" }));
        var first = await SignInAsync();

        var second = await Sessions.RefreshAsync(first.RefreshToken!);
        var third = await Sessions.RefreshAsync(second.RefreshToken!);

        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        Assert.NotEqual(second.RefreshToken, third.RefreshToken);
        await AssertFailsAsync(SessionEnded, "RefreshTokenReuseException", () => Sessions.RefreshAsync(first.RefreshToken!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Service_without_the_new_operation_gets_the_flow_and_is_asked_once(bool hasSecret)
    {
        var sessions = Create(CreateClient("second", hasSecret));
        var first = await SignInAsync(sessions);
        Cognito.Faults.Set("GetTokensFromRefreshToken", EmulatorFault.AwsError("UnknownOperationException", "Unknown operation"));
        Cognito.JsonApiRequests.Reset();

        await sessions.RefreshAsync(first.RefreshToken!, "ann");
        await sessions.RefreshAsync(first.RefreshToken!, "ann");

        Assert.Equal(1, Cognito.JsonApiRequests.Count("GetTokensFromRefreshToken"));
        Assert.Equal(2, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Flow_is_used_for_ten_minutes_and_never_without_the_user_name_that_it_needs()
    {
        var sessions = Create(CreateClient("second", hasSecret: true));
        var first = await SignInAsync(sessions);
        Cognito.Faults.Set("GetTokensFromRefreshToken", EmulatorFault.AwsError("UnknownOperationException", "Unknown operation"));
        await sessions.RefreshAsync(first.RefreshToken!, "ann");
        Cognito.Faults.Clear();
        Cognito.JsonApiRequests.Reset();

        await sessions.RefreshAsync(first.RefreshToken!);
        await sessions.RefreshAsync(first.RefreshToken!, "ann");
        Assert.Equal((1, 1), (Cognito.JsonApiRequests.Count("GetTokensFromRefreshToken"), Cognito.JsonApiRequests.Count("InitiateAuth")));
        Clock.Advance(TimeSpan.FromMinutes(10));
        await sessions.RefreshAsync(first.RefreshToken!, "ann");

        Assert.Equal((2, 1), (Cognito.JsonApiRequests.Count("GetTokensFromRefreshToken"), Cognito.JsonApiRequests.Count("InitiateAuth")));
    }

    [Fact]
    public async Task Flow_that_the_client_does_not_allow_is_not_used_again()
    {
        await UpdateClientAsync(Web, ("RefreshTokenRotation", _rotation), ("ExplicitAuthFlows", new[] { "ALLOW_USER_PASSWORD_AUTH" }));
        var first = await SignInAsync();
        Cognito.Faults.Set("GetTokensFromRefreshToken", EmulatorFault.AwsError("UnknownOperationException", "Unknown operation"));
        await AssertFailsAsync(Configuration, "InvalidParameterException", () => Sessions.RefreshAsync(first.RefreshToken!));

        Cognito.Faults.Clear();

        Assert.NotEqual(first.RefreshToken, (await Sessions.RefreshAsync(first.RefreshToken!)).RefreshToken);
    }

    [Fact]
    public async Task Client_with_a_secret_cannot_use_the_flow_without_the_user_name()
    {
        var sessions = Create(CreateClient("second", hasSecret: true));
        var first = await SignInAsync(sessions);
        Cognito.Faults.Set("GetTokensFromRefreshToken", EmulatorFault.AwsError("UnknownOperationException", "Unknown operation"));
        Cognito.JsonApiRequests.Reset();

        await AssertFailsAsync(Configuration, "UnknownOperationException", () => sessions.RefreshAsync(first.RefreshToken!));

        Assert.Equal(0, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Revoked_session_cannot_be_refreshed()
    {
        var tokens = await SignInAsync();

        await Sessions.RevokeAsync(tokens.RefreshToken!);

        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.RefreshAsync(tokens.RefreshToken!));
        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.GetUserAsync(tokens.AccessToken));
    }

    [Fact]
    public async Task Client_with_a_secret_revokes_with_it()
    {
        var client = CreateClient("second", hasSecret: true);
        var tokens = await SignInAsync(Create(client));

        await AssertFailsAsync(Configuration, "UnauthorizedException", () => Create(client, options => options.ClientSecret = "wrong1wrong1wrong1wrong1wrong1").RevokeAsync(tokens.RefreshToken!));
        await Create(client).RevokeAsync(tokens.RefreshToken!);

        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Create(client).RefreshAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Revocation_without_a_refresh_token_or_by_a_client_that_cannot_revoke_is_refused()
    {
        var tokens = await SignInAsync();

        await AssertFailsAsync(Configuration, "UnsupportedTokenTypeException", () => Sessions.RevokeAsync(tokens.AccessToken));
        await UpdateClientAsync(Web, ("EnableTokenRevocation", false));
        await AssertFailsAsync(Configuration, "UnsupportedOperationException", () => Sessions.RevokeAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Global_sign_out_ends_the_sessions_of_all_clients()
    {
        var others = Create(CreateClient("second", hasSecret: false));
        var (here, there) = (await SignInAsync(), await SignInAsync(others));

        await Sessions.GlobalSignOutAsync(here.AccessToken);

        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => others.RefreshAsync(there.RefreshToken!));
        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.GlobalSignOutAsync(here.AccessToken));
    }

    [Fact]
    public async Task User_is_read_with_attributes()
    {
        var user = await Sessions.GetUserAsync((await SignInAsync()).AccessToken);

        Assert.Equal("ann", user.Username);
        Assert.Equal(Ann.Sub, user.Attributes["sub"]);
        Assert.Equal("ann@example.com", user.Attributes["email"]);
        Assert.Empty(user.MfaSettings);
        Assert.Null(user.PreferredMfa);
    }

    [Fact]
    public async Task Expired_tokens_end_the_session()
    {
        var tokens = await SignInAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.GetUserAsync(tokens.AccessToken));

        Clock.Advance(TimeSpan.FromDays(30));
        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.RefreshAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Deleted_user_ends_the_session()
    {
        var tokens = await SignInAsync();

        Ann.Delete();

        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.RefreshAsync(tokens.RefreshToken!));
        await AssertFailsAsync(SessionEnded, "NotAuthorizedException", () => Sessions.GetUserAsync(tokens.AccessToken));
    }
}
