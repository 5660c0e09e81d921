using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>A pool that changes its key while many threads verify.</summary>
public sealed class RotationTests
{
    private const int Threads = 32;
    private const int Rounds = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task No_token_of_a_published_key_is_rejected_at_any_moment_of_a_rotation(int rememberedTokens)
    {
        using var world = new World(o => o.RememberedTokens = rememberedTokens);
        TestKey[] keys = [TestKey.Access, TestKey.Next, TestKey.OtherPool, TestKey.Attacker];
        var tokens = keys.Select(key => Enumerable.Range(0, 4).Select(i => TestToken.Of(TestToken.Payload.WithNumber("n", i).WithNumber("exp", TestToken.Now + 1_000_000), key)).ToArray()).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            var (former, present) = (round % keys.Length, (round + 1) % keys.Length);
            // Published together; the one before the former is withdrawn. Any fetch of a moment ago is behind us.
            world.Server.KeySet = TestKey.Set(keys[former], keys[present]);
            world.Clock.Advance(TimeSpan.FromSeconds(11));

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
                        var result = world.Verifier.VerifyAsync(token).AsTask().GetAwaiter().GetResult();
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

        Assert.Equal(1, world.Server.MostAtOnce);
        Assert.Equal(Rounds, world.Server.Requests);
    }
}
