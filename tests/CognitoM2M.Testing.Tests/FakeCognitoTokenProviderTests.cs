namespace CognitoM2M.Testing.Tests;

public sealed class FakeCognitoTokenProviderTests
{
    private readonly FakeCognitoTokenProvider _tokens = new();

    [Fact]
    public async Task Caller_gets_the_token_that_the_test_sets()
    {
        Assert.Equal("fake-token", (await _tokens.GetTokenAsync("orders")).Value);

        _tokens.Token = new CognitoAccessToken("other", DateTimeOffset.MaxValue, ["orders/read"]);

        Assert.Equal("other", (await _tokens.GetTokenAsync("orders", new CognitoTokenRequest { Scopes = ["orders/read"] })).Value);
        Assert.Equal(["orders", "orders"], _tokens.Calls.Select(call => call.ClientName));
        Assert.Null(_tokens.Calls[0].Request);
        Assert.Equal(["orders/read"], _tokens.Calls[1].Request!.Scopes!);
    }

    [Fact]
    public async Task Caller_gets_the_failure_that_the_test_sets()
    {
        _tokens.Failure = new CognitoTokenException("orders", "invalid_client", "The secret is wrong.");

        var seen = await Assert.ThrowsAsync<CognitoTokenException>(async () => await _tokens.GetTokenAsync("orders"));

        Assert.Same(_tokens.Failure, seen);
    }

    [Fact]
    public async Task Rejected_token_is_recorded_and_replaced_by_what_the_test_sets()
    {
        var rejected = await _tokens.GetTokenAsync("orders");
        Assert.Null(await _tokens.ReplaceRejectedTokenAsync("orders", rejected));

        _tokens.Replacement = new CognitoAccessToken("new", DateTimeOffset.MaxValue);

        Assert.Equal("new", (await _tokens.ReplaceRejectedTokenAsync("orders", rejected))!.Value);
        Assert.Same(rejected, _tokens.Calls[^1].RejectedToken);
    }

    [Fact]
    public async Task Cancelled_caller_gets_no_token()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _tokens.GetTokenAsync("orders", new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await _tokens.ReplaceRejectedTokenAsync("orders", new CognitoAccessToken("t", DateTimeOffset.MaxValue), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Caller_must_give_a_name()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _tokens.GetTokenAsync(""));
    }
}
