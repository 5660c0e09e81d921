using CognitoM2M.AspNetCore.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>A change of the configuration while options of the same scheme are being created.</summary>
public sealed class ReloadRaceTests
{
    [Fact]
    public void Options_that_are_created_last_have_read_the_newest_settings()
    {
        var source = "old";
        List<string> created = [];
        Thread? change = null;
        LastValidOptions factory = null!;
        factory = new LastValidOptions([new Setup(Configure)], [new Setup(options => created.Add(options.Realm!))], [], NullLoggerFactory.Instance);

        factory.Create(Options.DefaultName);
        change!.Join();

        Assert.Equal(["old", "new"], created);

        void Configure(CognitoM2MAuthenticationOptions options)
        {
            options.Realm = source;
            if (change is not null)
                return;

            // The settings change after the first creation has read them, and before it ends.
            source = "new";
            change = new Thread(() => factory.Create(Options.DefaultName));
            change.Start();
            // The second creation ends, or it waits for the first.
            while (change.IsAlive && !change.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
                Thread.Yield();
        }
    }

    private sealed class Setup(Action<CognitoM2MAuthenticationOptions> configure)
        : IConfigureOptions<CognitoM2MAuthenticationOptions>, IPostConfigureOptions<CognitoM2MAuthenticationOptions>
    {
        public void Configure(CognitoM2MAuthenticationOptions options) => configure(options);

        public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options) => configure(options);
    }
}
