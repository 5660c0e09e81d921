using CognitoM2M.Emulator.Page;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.Page;

public sealed class TokenRequestLogTests
{
    private readonly TokenRequestLog _log = new(new UserPoolDirectory("eu-west-1", EmulatedIssuer.Original, new ManualClock()), new ManualClock());

    [Fact]
    public void A_full_log_drops_the_oldest_requests()
    {
        for (var i = 0; i < TokenRequestLog.Capacity + 1; i++)
            Add();

        var requests = _log.ReadAfter(0);

        Assert.Equal(TokenRequestLog.Capacity, requests.Count);
        Assert.Equal((2, TokenRequestLog.Capacity + 1), (requests[0].Number, requests[^1].Number));
    }

    [Fact]
    public void Only_later_requests_are_read()
    {
        Add();
        Add();

        Assert.Equal([2L], _log.ReadAfter(1).Select(request => request.Number));
        Assert.Empty(_log.ReadAfter(2));
    }

    [Fact]
    public void Long_texts_of_a_caller_are_cut()
    {
        _log.Add(new ArrivedTokenRequest(new string('x', 1_000_000), EmulatedTokenRoute.OAuth2, null, [new string('y', 1_000_000)]), null, TimeSpan.Zero);

        var request = _log.ReadAfter(0).Single();

        Assert.Equal("xxxxxxxx…", request.UnknownClientId);
        Assert.Equal(501, request.Scopes.Length);
    }

    private void Add() => _log.Add(new ArrivedTokenRequest(null, EmulatedTokenRoute.OAuth2, null, []), null, TimeSpan.Zero);
}
