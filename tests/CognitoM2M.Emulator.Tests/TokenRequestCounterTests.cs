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
        Assert.Equal(3, counts.IssuedTokens);
        Assert.Equal(3, counts.Count(Client.ClientId));
        Assert.Equal(2, counts.Count(Client.ClientId, EmulatedTokenRoute.OAuth2));
        Assert.Equal(1, counts.Count(Client.ClientId, EmulatedTokenRoute.GetClientToken));
        Assert.Equal(0, counts.Count("nobody"));
    }

    [Fact]
    public async Task Refused_requests_and_requests_with_a_fault_are_counted_without_a_token()
    {
        Cognito.Faults.Set(EmulatorEndpoint.GetClientToken, EmulatorFault.Status(503));

        (await PostFormAsync("")).Dispose();
        (await PostFormAsync($"client_id={Client.ClientId}")).Dispose();
        (await SendOperationAsync("GetClientToken", "not json")).Dispose();
        (await SendOperationAsync("GetClientToken", """{"ClientId":5}""")).Dispose();
        (await GetClientTokenAsync()).Dispose();

        Assert.Equal(5, Cognito.TokenRequests.Total);
        Assert.Equal(2, Cognito.TokenRequests.Count(Client.ClientId));
        Assert.Equal(0, Cognito.TokenRequests.IssuedTokens);
    }

    [Fact]
    public async Task Other_requests_are_not_counted()
    {
        (await Http.GetAsync(Cognito.TokenEndpoint)).Dispose();
        (await Http.GetAsync(Pool.JwksUri)).Dispose();
        (await SendOperationAsync("ListUserPools", "{}")).Dispose();

        Assert.Equal(0, Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Reset_sets_the_counts_to_zero()
    {
        (await PostTokenAsync()).Dispose();

        Cognito.TokenRequests.Reset();

        Assert.Equal(0, Cognito.TokenRequests.Total);
        Assert.Equal(0, Cognito.TokenRequests.IssuedTokens);
        Assert.Equal(0, Cognito.TokenRequests.Count(Client.ClientId));
    }

    [Fact]
    public async Task Concurrent_requests_are_all_counted()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostTokenAsync()));

        Assert.Equal(50, Cognito.TokenRequests.Count(Client.ClientId));
        Assert.Equal(50, Cognito.TokenRequests.IssuedTokens);
        Assert.All(responses, response => response.Dispose());
    }
}
