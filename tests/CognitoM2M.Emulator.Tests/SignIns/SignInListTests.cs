using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.SignIns;

public sealed class SignInListTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Sign_ins_whose_last_token_has_expired_are_removed()
    {
        var signIns = new SignInList(new UserPoolDirectory("eu-west-1", EmulatedIssuer.Original, _clock));
        for (var i = 0; i < 255; i++)
            signIns.Set(Create($"old-{i}"));
        // A refresh token lives for one hour here, and an access token may live for one day after that.
        _clock.Advance(TimeSpan.FromHours(25) - TimeSpan.FromSeconds(1));
        signIns.Set(Create("still in use"));
        Assert.Equal(256, signIns.All.Count());

        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 256; i++)
            signIns.Set(Create($"new-{i}"));

        Assert.Equal(257, signIns.All.Count());
        Assert.NotNull(signIns.Find("still in use"));
        Assert.Null(signIns.Find("old-0"));
    }

    private SignIn Create(string id) => new()
    {
        EventId = id,
        OriginJti = id,
        ClientId = "client",
        Sub = "sub",
        Scopes = [],
        SignedInAt = _clock.GetUtcNow(),
        ExpiresAt = _clock.GetUtcNow() + TimeSpan.FromHours(1),
    };
}
