using System.Net;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>Many threads use one key set while downloads succeed and fail.</summary>
public sealed class KeySetConcurrencyTests : RemoteKeySetTest
{
    private readonly Lock _clock = new();

    [Fact]
    public async Task Many_threads_cause_one_download_at_a_time_and_each_call_gets_an_answer()
    {
        Server.OnRequest = async (_, _) =>
        {
            await Task.Yield();
            var n = Server.Requests;
            return n % 3 == 0
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : KeySetServer.CreateResponse(TestKey.CreateKeySet(TestKey.Access, TestKey.Next.Jwk.WithText("kid", $"k{n}")));
        };
        var answers = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 300; i++)
            {
                using var cancellation = new CancellationTokenSource();
                if (random.Next(10) == 0)
                    await cancellation.CancelAsync();
                if (random.Next(20) == 0)
                    AdvanceUnlessDownloading(TimeSpan.FromMilliseconds(random.Next(4_000)));
                try
                {
                    var wanted = random.Next(3) == 0 ? $"k{random.Next(300)}" : AccessId;
                    if (random.Next(2) == 0)
                        KeySet.FindHeld(wanted);
                    else
                        await KeySet.FindAsync(wanted, cancellation.Token);
                }
                catch (OperationCanceledException)
                {
                }

                Interlocked.Increment(ref answers);
            }
        })));

        await WaitForDownloadAsync();
        Assert.Equal(16 * 300, answers);
        Assert.Equal(1, Server.MostOpenAtOnce);
        Assert.InRange(Server.Requests, 5, 4_000);
    }

    /// <summary>
    /// Moves the clock, but not past the time limit of a download: a busy machine may not have run the handler yet, while the clock of the test
    /// runs fast. So time stands still during a download; a download that starts meanwhile sees one move of less than four seconds.
    /// </summary>
    private void AdvanceUnlessDownloading(TimeSpan by)
    {
        lock (_clock)
        {
            if (KeySet.InFlight is null)
                Setup.Clock.Advance(by);
        }
    }
}
