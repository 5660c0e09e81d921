namespace CognitoM2M.Emulator.Tests;

public sealed class OperationFaultTests : EmulatorTest
{
    private static readonly object _pool = new { PoolName = "p" };

    [Fact]
    public async Task Fault_affects_only_its_operation()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.AwsError("InternalErrorException", "Sorry", 500));

        Assert.Equal("Sorry", await AssertRefusedAsync("InternalErrorException", "CreateUserPool", _pool));
        await CallAsync("ListUserPools", new { MaxResults = 1 });
        Assert.Single(Cognito.UserPools);

        Cognito.Faults.Clear("CreateUserPool");
        await CallAsync("CreateUserPool", _pool);
    }

    [Fact]
    public async Task LostResponse_processes_the_request_and_sends_no_response()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.LostResponse() with { Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync("CreateUserPool", _pool));

        Assert.Equal(2, Cognito.UserPools.Count);
        Assert.Equal(1, Cognito.JsonApiRequests.Count("CreateUserPool"));
    }

    [Fact]
    public async Task ProcessFirst_processes_the_request_before_an_error_response()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.Status(503) with { ProcessFirst = true });

        using var response = await SendOperationAsync("CreateUserPool", """{"PoolName":"p"}""");

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(2, Cognito.UserPools.Count);
    }

    [Fact]
    public async Task ProcessFirst_processes_the_request_before_the_delay()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.Slow(TimeSpan.FromHours(1)) with { ProcessFirst = true });

        var answer = CallAsync("CreateUserPool", _pool);
        await WaitForTimerAsync();
        Assert.Equal(2, Cognito.UserPools.Count);
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.NotNull((await answer)["UserPool"]);
        Assert.Equal(2, Cognito.UserPools.Count);
    }

    [Fact]
    public async Task Skip_lets_requests_pass_before_the_fault_begins()
    {
        var throttling = EmulatorFault.AwsError("TooManyRequestsException", "Rate exceeded");
        Cognito.Faults.Set("CreateUserPool", throttling with { Skip = 2, Times = 1 });

        await CallAsync("CreateUserPool", _pool);
        await CallAsync("CreateUserPool", _pool);
        await AssertRefusedAsync("TooManyRequestsException", "CreateUserPool", _pool);
        await CallAsync("CreateUserPool", _pool);
    }

    [Fact]
    public async Task Fault_of_the_JSON_API_affects_operations_without_their_own_fault()
    {
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError("InternalErrorException", "All") with { Skip = 1 });
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.AwsError("InternalErrorException", "Own"));

        await CallAsync("ListUserPools", new { MaxResults = 1 });
        Assert.Equal("All", await AssertRefusedAsync("InternalErrorException", "ListUserPools", new { MaxResults = 1 }));
        Assert.Equal("Own", await AssertRefusedAsync("InternalErrorException", "CreateUserPool", _pool));
    }

    [Fact]
    public async Task Clearing_the_GetClientToken_endpoint_removes_the_fault_of_the_operation()
    {
        Cognito.Faults.Set("GetClientToken", EmulatorFault.Status(503));
        Cognito.Faults.Clear(EmulatorEndpoint.GetClientToken);

        using var response = await GetClientTokenAsync();

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public void Unknown_operation_throws()
    {
        Assert.Throws<ArgumentException>(() => Cognito.Faults.Set("CreateUserPol", EmulatorFault.Drop()));
        Assert.Throws<ArgumentException>(() => Cognito.Faults.Clear("/Token"));
        Assert.ThrowsAny<ArgumentException>(() => new EmulatorFault { Skip = -1 });
    }
}
