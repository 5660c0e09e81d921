using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>A user pool changes its signing key while many threads verify tokens.</summary>
public sealed class RotationTests
{
    private const int Threads = 32;
    private const int Rounds = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task Token_of_a_published_key_is_never_rejected_during_a_rotation(int cacheSize)
    {
        using var setup = new VerifierSetup(o => o.VerifiedTokenCacheSize = cacheSize);
        TestKey[] keys = [TestKey.Access, TestKey.Next, TestKey.OtherPool, TestKey.Attacker];
        var tokens = keys.Select(key => Enumerable.Range(0, 4).Select(i => TestToken.Create(TestToken.Payload.WithNumber("n", i).WithNumber("exp", TestToken.Now + 1_000_000), key)).ToArray()).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            var (former, present) = (round % keys.Length, (round + 1) % keys.Length);
            // The former and the present key are published together; the key before them is withdrawn. Eleven seconds later, an unknown key id may
            // cause a download again.
            setup.Server.KeySet = TestKey.CreateKeySet(keys[former], keys[present]);
            setup.Clock.Advance(TimeSpan.FromSeconds(11));

            using var start = new Barrier(Threads);
            var verified = await Task.WhenAll(Enumerable.Range(0, Threads).Select(worker => Task.Factory.StartNew(
                () =>
                {
                    var random = new Random((round * 100) + worker);
                    var count = 0;
                    start.SignalAndWait();
                    for (var i = 0; i < 30; i++)
                    {
                        var token = tokens[random.Next(2) == 0 ? former : present][random.Next(4)];
                        var result = setup.Verifier.VerifyAsync(token).AsTask().GetAwaiter().GetResult();
                        Assert.True(result.IsValid, result.ToString());
                        count++;
                    }

                    return count;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Equal(Threads * 30, verified.Sum());
        }

        Assert.Equal(1, setup.Server.MostOpenAtOnce);
        Assert.Equal(Rounds, setup.Server.Requests);
    }
}
