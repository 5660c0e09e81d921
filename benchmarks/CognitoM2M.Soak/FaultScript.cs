using CognitoM2M.Emulator;

namespace CognitoM2M.Soak;

/// <summary>
/// What breaks when: something else every few hundred milliseconds, and now and then for so long that the back-off grows. The seed alone
/// decides, whatever the machine does meanwhile.
/// </summary>
internal sealed class FaultScript(int seed)
{
    public const string ApiRejects = "API answers 401";

    // An API that verifies asks for an unknown key every ten seconds at most, and must have caught up before the next one.
    private static readonly TimeSpan _betweenRotations = TimeSpan.FromSeconds(15);

    private const int OneLongIn = 150;

    private readonly Random _random = new(seed);
    private TimeSpan _drawn;
    private TimeSpan _rotatedAt;

    public Fault Next()
    {
        var lasts = _random.Next(OneLongIn) == 0 ? Milliseconds(15_000, 40_000) : Milliseconds(200, 600);
        var fault = Draw(lasts);
        _drawn += lasts;
        return fault;
    }

    private Fault Draw(TimeSpan lasts)
    {
        switch (_random.Next(17))
        {
            case 0: return Token("slow", lasts, EmulatorFault.Slow(Milliseconds(10, 600)));
            case 1: return Token("throttled", lasts, EmulatorFault.Throttled());
            case 2: return Token("throttled with Retry-After", lasts, EmulatorFault.Throttled(TimeSpan.FromSeconds(_random.Next(1, 3))));
            case 3: return Token("status 500", lasts, EmulatorFault.Status(500));
            case 4: return Token("status 503 and HTML", lasts, EmulatorFault.Html(503));
            case 5: return Token("status 200 and HTML", lasts, EmulatorFault.Html(200));
            case 6: return Token("wrong JSON", lasts, new EmulatorFault { ContentType = "application/json", Body = """{"access_token":17,"expires_in":10,"token_type":"Bearer"}""" });
            case 7: return Token("dropped", lasts, EmulatorFault.Drop());
            case 8: return Token("answer lost", lasts, EmulatorFault.LostResponse());
            case 9: return Token("hanging", lasts, EmulatorFault.Hang());
            case 10: return Switch("half-open", lasts, (world, isOn) => world.TokenRequests.LosesTheRest = isOn);
            case 11: return Switch("wrong secret", lasts, (world, isOn) => world.SetSecret(isRight: !isOn));
            case 12:
                var offset = TimeSpan.FromHours(_random.Next(-48, 48));
                return Switch("clock jump", lasts, (world, isOn) => world.Clock.Jump(isOn ? offset : TimeSpan.Zero));
            case 13: return Switch(ApiRejects, lasts, (world, isOn) => world.Api.RejectAll(isOn));
            case 14 when _drawn - _rotatedAt > _betweenRotations:
                _rotatedAt = _drawn;
                var withdraws = _random.Next(2) == 0;
                return Switch("key rotation", lasts, (world, isOn) => world.RotateKey(isOn, withdraws));
            default: return new Fault("nothing", lasts, _ => () => { });
        }
    }

    private TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(_random.Next(least, most));

    private static Fault Token(string name, TimeSpan lasts, EmulatorFault fault) => new(name, lasts, world =>
    {
        world.Cognito.Faults.Set(EmulatorEndpoint.Token, fault);
        return world.Cognito.Faults.Clear;
    });

    private static Fault Switch(string name, TimeSpan lasts, Action<World, bool> turn) => new(name, lasts, world =>
    {
        turn(world, true);
        return () => turn(world, false);
    });
}
