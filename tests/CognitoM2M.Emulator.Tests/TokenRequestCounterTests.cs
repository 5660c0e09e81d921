namespace CognitoM2M.Emulator.Tests;

public sealed class TokenRequestCounterTests : EmulatorTest
{
    [Fact]
    public async Task Requests_are_counted_by_client_and_route()
    {
        (await PostTokenAsync()).Dispose();
        (await PostFormAsync("grant_type=client_credentials", $"{Client.ClientId}:{Client.ClientSecret}")).Dispose();
        (await GetClientTokenAsync()).Dispose();

        var counts = Cognito.TokenRequests;
        Assert.Equal(3, counts.Total);
        Assert.Equal(3, counts.Issued);
        Assert.Equal(3, counts.For(Client.ClientId));
        Assert.Equal(2, counts.For(Client.ClientId, TokenRoute.OAuth2));
        Assert.Equal(1, counts.For(Client.ClientId, TokenRoute.GetClientToken));
        Assert.Equal(0, counts.For("nobody"));
    }

    [Fact]
    public async Task Refused_requests_and_those_that_meet_a_fault_are_counted_but_issue_nothing()
    {
        Cognito.Faults.Set(EmulatorEndpoint.GetClientToken, EmulatorFault.Status(503));

        (await PostFormAsync("")).Dispose();
        (await PostFormAsync($"client_id={Client.ClientId}")).Dispose();
        (await CallAsync("GetClientToken", "not json")).Dispose();
        (await CallAsync("GetClientToken", """{"ClientId":5}""")).Dispose();
        (await GetClientTokenAsync()).Dispose();

        Assert.Equal(5, Cognito.TokenRequests.Total);
        Assert.Equal(2, Cognito.TokenRequests.For(Client.ClientId));
        Assert.Equal(0, Cognito.TokenRequests.Issued);
    }

    [Fact]
    public async Task Other_requests_are_not_counted()
    {
        (await Http.GetAsync(Cognito.TokenEndpoint)).Dispose();
        (await Http.GetAsync(Pool.JwksUri)).Dispose();
        (await CallAsync("ListUserPools", "{}")).Dispose();

        Assert.Equal(0, Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Reset_starts_at_zero()
    {
        (await PostTokenAsync()).Dispose();

        Cognito.TokenRequests.Reset();

        Assert.Equal(0, Cognito.TokenRequests.Total);
        Assert.Equal(0, Cognito.TokenRequests.Issued);
        Assert.Equal(0, Cognito.TokenRequests.For(Client.ClientId));
    }

    [Fact]
    public async Task Concurrent_requests_are_all_counted()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostTokenAsync()));

        Assert.Equal(50, Cognito.TokenRequests.For(Client.ClientId));
        Assert.Equal(50, Cognito.TokenRequests.Issued);
        Assert.All(responses, response => response.Dispose());
    }
}
