using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>Options of one scheme that come in another order than they were created in.</summary>
public sealed class FollowedOptionsTests
{
    [Fact]
    public void Older_options_of_a_request_in_flight_do_not_replace_newer_ones()
    {
        using var followed = new FollowedOptions(NullLoggerFactory.Instance, new ManualClock(), meterFactory: null);

        followed.Get(Accept("former"), order: 1);
        followed.Get(Accept("present"), order: 3);
        var verifier = followed.Get(Accept("late"), order: 2).AccessTokens;

        Assert.True(IsAccepted("present"));
        Assert.False(IsAccepted("late"));
        Assert.False(IsAccepted("former"));

        bool IsAccepted(string client) => verifier.VerifyWithHeldKeys(Pool.Usual.Token(change: payload => payload["client_id"] = client))!.IsValid;
    }

    private static CognitoM2MAuthenticationOptions Accept(string client)
    {
        var options = new CognitoM2MAuthenticationOptions();
        Api.Usual(options);
        options.ClientIds = [client];
        return options;
    }
}
