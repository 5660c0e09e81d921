using CognitoM2M.Emulator.Page;

namespace CognitoM2M.Emulator.Tests.Page;

public sealed class ClientActivityTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 0)]
    public void A_token_is_not_needed_while_an_earlier_one_has_more_than_half_of_its_lifetime(int minutesLater, int unneeded)
    {
        var activity = Summarize(Request(minutesAgo: minutesLater), Request(minutesAgo: 0));

        Assert.Equal(unneeded, activity.Unneeded);
    }

    [Fact]
    public void A_token_for_other_scopes_is_needed()
    {
        var activity = Summarize(Request(minutesAgo: 2), Request(minutesAgo: 1) with { Scopes = "orders/write" });

        Assert.Equal(0, activity.Unneeded);
        // Two tokens of an hour, each renewed every 48 minutes.
        Assert.Equal(1_800, activity.MonthlyRenewals);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Ten_processes_that_start_together_do_not_ask_for_too_many_tokens(int processes, bool isFinding)
    {
        var activity = Summarize([.. Enumerable.Repeat(Request(minutesAgo: 1), processes)]);

        Assert.Equal(isFinding, activity.AsksForTooMany);
    }

    [Fact]
    public void Refused_requests_cost_nothing_and_tokens_of_users_neither()
    {
        var refused = Request(minutesAgo: 1) with { Status = 400, Error = "invalid_client", Lifetime = null };
        var activity = Summarize(refused, refused, Request(minutesAgo: 1) with { IsMachineToMachine = false });

        Assert.Equal((3, 0, 0, 2, "invalid_client"), (activity.Requests, activity.Issued, activity.Unneeded, activity.Failed, activity.LastError));
        Assert.Equal((0, 0), (activity.MonthlyRequests, activity.MonthlyRenewals));
    }

    [Theory]
    // Too short a time says little about a month: at least a minute counts.
    [InlineData(0.1, 900 + 43_200)]
    [InlineData(2, 900 + 21_600)]
    [InlineData(5, 900 + 8_640)]
    // The former token is older than the window, but the new token was still not needed.
    [InlineData(20, 900 + 8_640)]
    public void The_rate_counts_only_the_time_that_was_measured(double minutesAgo, long monthly)
    {
        var activity = Summarize(Request(minutesAgo), Request(minutesAgo: 0));

        Assert.Equal(monthly, activity.MonthlyRequests);
    }

    [Fact]
    public void A_log_that_is_too_short_is_measured_by_the_time_that_it_covers()
    {
        var log = Enumerable.Range(0, 2_000).Select(i => Request(minutesAgo: (2_000 - i) / 6_000.0)).ToList();

        var activity = ClientActivity.Summarize(log, isComplete: false, _now).Single();

        // The log covers 20 seconds and has 1,999 tokens that were not needed. A month has 129,600 times 20 seconds.
        Assert.InRange(activity.MonthlyRequests, 1_999L * 129_600, 1_999L * 129_600 + 1_000);
    }

    [Fact]
    public void A_service_that_no_longer_asks_for_too_many_tokens_is_fine_after_five_minutes()
    {
        var activity = Summarize([.. Enumerable.Repeat(Request(minutesAgo: 6), 50)]);

        Assert.Equal((0, 0, 900), (activity.Requests, activity.Unneeded, activity.MonthlyRequests));
        Assert.False(activity.AsksForTooMany);
    }

    private static ClientActivity Summarize(params LoggedTokenRequest[] log) => ClientActivity.Summarize(log, isComplete: true, _now).Single();

    private static LoggedTokenRequest Request(double minutesAgo) => new()
    {
        Number = 1,
        ArrivedAt = _now - TimeSpan.FromMinutes(minutesAgo),
        ClientId = "reporting",
        UnknownClientId = null,
        Route = EmulatedTokenRoute.OAuth2,
        IsMachineToMachine = true,
        Scopes = "orders/read",
        Status = 200,
        Error = null,
        Latency = TimeSpan.Zero,
        Lifetime = TimeSpan.FromHours(1),
    };
}
