using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Users test their own event handlers with contexts that they create.</summary>
public sealed class EventContextTests
{
    private static readonly AuthenticationScheme _scheme = new("CognitoM2M", displayName: null, typeof(SomeHandler));
    private static readonly CognitoM2MAuthenticationOptions _options = new();

    [Fact]
    public async Task Handler_that_takes_the_token_from_the_query_can_be_tested()
    {
        Func<CognitoMessageReceivedContext, Task> handler = received =>
        {
            received.Token = received.Request.Query["access_token"];
            return Task.CompletedTask;
        };
        var http = new DefaultHttpContext { Request = { QueryString = new QueryString("?access_token=abc") } };
        var context = new CognitoMessageReceivedContext(http, _scheme, _options);

        await handler(context);

        Assert.Equal("abc", context.Token);
    }

    [Fact]
    public async Task Handler_that_blocks_an_app_client_can_be_tested()
    {
        Func<CognitoTokenVerifiedContext, Task> handler = verified =>
        {
            if (verified.Claims.ClientId == "blocked")
                verified.Fail("blocked");
            return Task.CompletedTask;
        };
        var claims = new CognitoAccessTokenClaims { Issuer = "https://issuer.example", ClientId = "blocked", ExpiresAt = DateTimeOffset.MaxValue };
        var context = new CognitoTokenVerifiedContext(new DefaultHttpContext(), _scheme, _options, claims);

        await handler(context);

        Assert.Equal("blocked", context.Result!.Failure!.Message);
        Assert.Same(claims, context.Claims);
    }

    [Fact]
    public async Task Handler_that_counts_rejections_can_be_tested()
    {
        List<TokenRejectionReason> seen = [];
        Func<CognitoTokenRejectedContext, Task> handler = rejected =>
        {
            seen.Add(rejected.Rejection.Reason);
            return Task.CompletedTask;
        };

        await handler(new CognitoTokenRejectedContext(new DefaultHttpContext(), _scheme, _options, new TokenRejection(TokenRejectionReason.Expired, "a later exp", "an old one")));

        Assert.Equal([TokenRejectionReason.Expired], seen);
    }

    [Fact]
    public async Task Handlers_that_write_answers_can_be_tested()
    {
        Func<CognitoChallengeContext, Task> onChallenge = challenge =>
        {
            if (challenge.StatusCode == StatusCodes.Status503ServiceUnavailable)
                challenge.HandleResponse();
            challenge.ErrorDescription = $"{challenge.Rejection?.Reason}: {string.Join(' ', challenge.RequiredScopes)}";
            return Task.CompletedTask;
        };
        Func<CognitoForbiddenContext, Task> onForbidden = forbidden =>
        {
            forbidden.HandleResponse();
            return Task.CompletedTask;
        };
        var rejected = new CognitoChallengeContext(new DefaultHttpContext(), _scheme, _options)
        {
            Rejection = new TokenRejection(TokenRejectionReason.Expired, "a later exp", "an old one"),
            RequiredScopes = ["orders/read"],
        };
        var unavailable = new CognitoChallengeContext(new DefaultHttpContext(), _scheme, _options, new AuthenticationProperties()) { StatusCode = 503 };
        var forbidden = new CognitoForbiddenContext(new DefaultHttpContext(), _scheme, _options) { RequiredScopes = ["orders/read"] };

        await onChallenge(rejected);
        await onChallenge(unavailable);
        await onForbidden(forbidden);

        Assert.Equal((401, false, "Expired: orders/read"), (rejected.StatusCode, rejected.Handled, rejected.ErrorDescription));
        Assert.True(unavailable.Handled);
        Assert.True(forbidden.Handled);
    }

    [Fact]
    public void Null_claims_and_rejections_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new CognitoTokenVerifiedContext(new DefaultHttpContext(), _scheme, _options, null!));
        Assert.Throws<ArgumentNullException>(() => new CognitoTokenRejectedContext(new DefaultHttpContext(), _scheme, _options, null!));
    }

    /// <summary>A scheme needs a handler type. This one is never created.</summary>
    private sealed class SomeHandler : IAuthenticationHandler
    {
        public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context) => throw new NotSupportedException();

        public Task<AuthenticateResult> AuthenticateAsync() => throw new NotSupportedException();

        public Task ChallengeAsync(AuthenticationProperties? properties) => throw new NotSupportedException();

        public Task ForbidAsync(AuthenticationProperties? properties) => throw new NotSupportedException();
    }
}
