using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>The clock of a test. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class FakeClock
{
    public static FakeTimeProvider Add(IServiceCollection services)
    {
        var clock = new FakeTimeProvider();
        services.AddSingleton<TimeProvider>(clock);
        return clock;
    }
}
