using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>Which host has which pacer.</summary>
public sealed class RequestPacersTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Each_host_of_a_process_has_one_pacer()
    {
        var one = RequestPacers.GetOfProcess(new MonotonicClock(_clock));
        var other = RequestPacers.GetOfProcess(new MonotonicClock(_clock));

        Assert.Same(one.Find(new Uri("https://a.example.com/oauth2/token")), other.Find(new Uri("https://A.example.com/other")));
        Assert.NotSame(one.Find(new Uri("https://a.example.com/")), one.Find(new Uri("https://b.example.com/")));
        Assert.NotSame(one, RequestPacers.GetOfProcess(new MonotonicClock(new ManualClock())));
    }

    [Fact]
    public void Pacers_of_idle_hosts_are_dropped_when_there_are_many()
    {
        var pacers = new RequestPacers(new MonotonicClock(_clock));
        var busy = pacers.Find(new Uri("https://busy.example.com/"));
        Assert.True(busy.WaitForTurnAsync(CancellationToken.None).IsCompletedSuccessfully);
        var used = pacers.AddLimit(new Uri("https://used.example.com/"), 10);
        var idle = pacers.Find(new Uri("https://idle.example.com/"));

        for (var host = 0; host < 1_000; host++)
            pacers.Find(new Uri($"https://host{host}.example.com/"));

        Assert.Same(busy, pacers.Find(new Uri("https://busy.example.com/")));
        Assert.Same(used, pacers.Find(new Uri("https://used.example.com/")));
        Assert.NotSame(idle, pacers.Find(new Uri("https://idle.example.com/")));
    }

    [Fact]
    public void Pacer_of_an_idle_host_stays_while_there_are_few_hosts()
    {
        var pacers = new RequestPacers(new MonotonicClock(_clock));
        var idle = pacers.Find(new Uri("https://idle.example.com/"));

        FindHosts(pacers, 999);
        Assert.Same(idle, pacers.Find(new Uri("https://idle.example.com/")));

        FindHosts(pacers, 1_000);
        var next = pacers.Find(new Uri("https://idle.example.com/"));
        Assert.NotSame(idle, next);

        FindHosts(pacers, 900);
        Assert.Same(next, pacers.Find(new Uri("https://idle.example.com/")));
    }

    private static void FindHosts(RequestPacers pacers, int hosts)
    {
        for (var host = 0; host < hosts; host++)
            pacers.Find(new Uri($"https://host{host}.example.com/"));
    }
}
