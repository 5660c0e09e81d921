using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.SignIn;

/// <summary>When a fetch sends the password a second time. Cognito counts each password that it judges, and locks the user out.</summary>
public sealed class PasswordRepetitionTests
{
    [Fact]
    public async Task Password_that_Cognito_may_have_judged_is_not_repeated_at_once()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable);

        await user.FailToGetTokenAsync();

        Assert.Single(user.Requests);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, 3)]
    [InlineData(HttpRequestError.ConnectionError, 3)]
    [InlineData(HttpRequestError.SecureConnectionError, 3)]
    [InlineData(HttpRequestError.ProxyTunnelError, 3)]
    [InlineData(HttpRequestError.ResponseEnded, 1)]
    [InlineData(HttpRequestError.Unknown, 1)]
    public async Task Password_is_repeated_at_once_if_no_connection_was_made(HttpRequestError error, int expected)
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => throw new HttpRequestException(error);

        await user.FailToGetTokenAsync();

        Assert.Equal(expected, user.Requests.Count);
    }

    [Fact]
    public async Task Password_is_repeated_at_once_if_Cognito_throttles()
    {
        await using var user = new StubbedUser();
        var answers = 0;
        user.OnRequest = _ => ++answers == 1 ? StubbedUser.Refuse("TooManyRequestsException") : null;

        // The next request also waits for its turn, because Cognito throttles.
        Assert.Equal("access-1", await user.Clock.RunAsync(user.GetTokenAsync(), skip: TimeSpan.FromSeconds(3)));
    }
}
