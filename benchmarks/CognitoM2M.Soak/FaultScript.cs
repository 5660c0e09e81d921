using CognitoM2M.Emulator;

namespace CognitoM2M.Soak;

/// <summary>
/// The sequence of faults: another fault every few hundred milliseconds, and sometimes a long fault so that the back-off grows. The
/// sequence depends on the seed only, not on the speed of the machine.
/// </summary>
internal sealed class FaultScript(int seed)
{
    public const string ApiRejects = "API answers 401";

    // The API downloads the key set for an unknown key at most every ten seconds. It must have the new key before the next rotation.
    private static readonly TimeSpan _betweenRotations = TimeSpan.FromSeconds(15);

    private const int ShortFaultsPerLongFault = 150;

    private readonly Random _random = new(seed);
    private TimeSpan _drawn;
    private TimeSpan _rotatedAt;

    public Fault Next()
    {
        var duration = _random.Next(ShortFaultsPerLongFault) == 0 ? Milliseconds(15_000, 40_000) : Milliseconds(200, 600);
        var fault = Draw(duration);
        _drawn += duration;
        return fault;
    }

    private Fault Draw(TimeSpan duration)
    {
        switch (_random.Next(17))
        {
            case 0: return Token("slow", duration, EmulatorFault.Slow(Milliseconds(10, 600)));
            case 1: return Token("throttled", duration, EmulatorFault.Throttled());
            case 2: return Token("throttled with Retry-After", duration, EmulatorFault.Throttled(TimeSpan.FromSeconds(_random.Next(1, 3))));
            case 3: return Token("status 500", duration, EmulatorFault.Status(500));
            case 4: return Token("status 503 and HTML", duration, EmulatorFault.Html(503));
            case 5: return Token("status 200 and HTML", duration, EmulatorFault.Html(200));
            case 6: return Token("wrong JSON", duration, new EmulatorFault { ContentType = "application/json", Body = """{"access_token":17,"expires_in":10,"token_type":"Bearer"}""" });
            case 7: return Token("dropped", duration, EmulatorFault.Drop());
            case 8: return Token("answer lost", duration, EmulatorFault.LostResponse());
            case 9: return Token("hanging", duration, EmulatorFault.Hang());
            case 10: return Toggle("half-open", duration, (world, isOn) => world.TokenRequests.SendsHalfOfResponses = isOn);
            case 11: return Toggle("wrong secret", duration, (world, isOn) => world.SetSecret(isRight: !isOn));
            case 12:
                var offset = TimeSpan.FromHours(_random.Next(-48, 48));
                return Toggle("clock jump", duration, (world, isOn) => world.SetWallClock(isOn ? offset : TimeSpan.Zero));
            case 13: return Toggle(ApiRejects, duration, (world, isOn) => world.Api.RejectAll(isOn));
            case 14 when _drawn - _rotatedAt > _betweenRotations:
                _rotatedAt = _drawn;
                var withdraws = _random.Next(2) == 0;
                return Toggle("key rotation", duration, (world, isOn) => world.RotateKey(isOn, withdraws));
            default: return new Fault("nothing", duration, _ => () => { });
        }
    }

    private TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(_random.Next(least, most));

    private static Fault Token(string name, TimeSpan duration, EmulatorFault fault) => new(name, duration, world =>
    {
        world.Cognito.Faults.Set(EmulatorEndpoint.Token, fault);
        return world.Cognito.Faults.Clear;
    });

    private static Fault Toggle(string name, TimeSpan duration, Action<World, bool> set) => new(name, duration, world =>
    {
        set(world, true);
        return () => set(world, false);
    });
}
