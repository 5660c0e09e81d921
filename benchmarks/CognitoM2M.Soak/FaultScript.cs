using CognitoM2M.Emulator;

namespace CognitoM2M.Soak;

/// <summary>Breaks something else every few hundred milliseconds, in an order that the seed decides.</summary>
internal sealed class FaultScript(World world, Random random, Promises promises)
{
    private static readonly TimeSpan _betweenRotations = TimeSpan.FromSeconds(15);

    private TimeSpan _rotatedAt = -_betweenRotations;
    private TimeSpan _apiRejectedAt = TimeSpan.MinValue;

    /// <summary>How many times something was broken.</summary>
    public int Faults { get; private set; }

    /// <summary>Whether the API had reason to answer 401 at that moment or shortly before.</summary>
    public bool MayAnswer401(TimeSpan from)
    {
        lock (this)
        {
            return _apiRejectedAt > from - TimeSpan.FromSeconds(1)
                // It asks for an unknown key every ten seconds at most.
                || _rotatedAt > from - TimeSpan.FromSeconds(12);
        }
    }

    public async Task RunAsync(TimeSpan duration)
    {
        while (promises.Elapsed < duration)
        {
            var undo = Break();
            Faults++;
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 600)), TimeProvider.System);
            undo();
        }
    }

    private Action Break()
    {
        switch (random.Next(16))
        {
            case 0: return Token(EmulatorFault.Slow(TimeSpan.FromMilliseconds(random.Next(10, 900))));
            case 1: return Token(EmulatorFault.Throttled());
            case 2: return Token(EmulatorFault.Throttled(TimeSpan.FromSeconds(random.Next(1, 3))));
            case 3: return Token(EmulatorFault.Status(500));
            case 4: return Token(EmulatorFault.Html(503));
            case 5: return Token(EmulatorFault.Html(200));
            case 6: return Token(EmulatorFault.Drop());
            case 7: return Token(EmulatorFault.LostAnswer());
            case 8: return Token(EmulatorFault.Hang());
            case 9: return Token(new EmulatorFault { StatusCode = 200, ContentType = "application/json", Body = """{"access_token":17}""" });
            case 10:
                world.SetSecret(isRight: false);
                return () => world.SetSecret(isRight: true);
            case 11:
                world.Clock.Jump(TimeSpan.FromHours(random.Next(-48, 48)));
                return () => world.Clock.Jump(TimeSpan.Zero);
            case 12:
                return RejectAll();
            case 13 when promises.Elapsed - _rotatedAt > _betweenRotations:
                lock (this)
                    _rotatedAt = promises.Elapsed;
                world.Cognito.UserPools[0].RotateSigningKey(withdrawOldKeys: random.Next(2) == 0);
                return () => { };
            default:
                return () => { };
        }
    }

    private Action Token(EmulatorFault fault)
    {
        world.Cognito.Faults.Set(EmulatorEndpoint.Token, fault);
        return world.Cognito.Faults.Clear;
    }

    private Action RejectAll()
    {
        world.ApiRejectsAll = true;
        Note();
        return () =>
        {
            world.ApiRejectsAll = false;
            Note();
        };

        void Note()
        {
            lock (this)
                _apiRejectedAt = world.ApiRejectsAll ? TimeSpan.MaxValue : promises.Elapsed;
        }
    }
}
