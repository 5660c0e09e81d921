namespace CognitoM2M.Emulator.Tests;

public sealed class OperationFaultTests : EmulatorTest
{
    private static readonly object _pool = new { PoolName = "p" };

    [Fact]
    public async Task Fault_strikes_its_operation_alone()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.AwsError("InternalErrorException", "Sorry", 500));

        Assert.Equal("Sorry", await RefusedAsync("InternalErrorException", "CreateUserPool", _pool));
        await DoAsync("ListUserPools", new { MaxResults = 1 });
        Assert.Single(Cognito.UserPools);

        Cognito.Faults.Clear("CreateUserPool");
        await DoAsync("CreateUserPool", _pool);
    }

    [Fact]
    public async Task Lost_answer_hides_work_that_was_done()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.LostAnswer() with { Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => DoAsync("CreateUserPool", _pool));

        Assert.Equal(2, Cognito.UserPools.Count);
        Assert.Equal(1, Cognito.Requests.For("CreateUserPool"));
    }

    [Fact]
    public async Task Work_may_be_done_before_any_other_fault_as_well()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.Status(503) with { ActFirst = true });

        using var response = await CallAsync("CreateUserPool", """{"PoolName":"p"}""");

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(2, Cognito.UserPools.Count);
    }

    [Fact]
    public async Task Work_is_done_before_a_slow_answer()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.Slow(TimeSpan.FromHours(1)) with { ActFirst = true });

        var answer = DoAsync("CreateUserPool", _pool);
        await SomebodyWaitsOnTheClockAsync();
        Assert.Equal(2, Cognito.UserPools.Count);
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.NotNull((await answer)["UserPool"]);
        Assert.Equal(2, Cognito.UserPools.Count);
    }

    [Fact]
    public async Task Some_requests_may_pass_before_the_fault_strikes()
    {
        var throttling = EmulatorFault.AwsError("TooManyRequestsException", "Rate exceeded");
        Cognito.Faults.Set("CreateUserPool", throttling with { Skip = 2, Times = 1 });

        await DoAsync("CreateUserPool", _pool);
        await DoAsync("CreateUserPool", _pool);
        await RefusedAsync("TooManyRequestsException", "CreateUserPool", _pool);
        await DoAsync("CreateUserPool", _pool);
    }

    [Fact]
    public async Task One_fault_may_strike_whatever_operation_comes()
    {
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError("InternalErrorException", "All") with { Skip = 1 });
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.AwsError("InternalErrorException", "Own"));

        await DoAsync("ListUserPools", new { MaxResults = 1 });
        Assert.Equal("All", await RefusedAsync("InternalErrorException", "ListUserPools", new { MaxResults = 1 }));
        Assert.Equal("Own", await RefusedAsync("InternalErrorException", "CreateUserPool", _pool));
    }

    [Fact]
    public async Task Operation_that_is_an_endpoint_too_is_meant_by_either_name()
    {
        Cognito.Faults.Set("GetClientToken", EmulatorFault.Status(503));
        Cognito.Faults.Clear(EmulatorEndpoint.GetClientToken);

        using var response = await GetClientTokenAsync();

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public void Unknown_operation_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Cognito.Faults.Set("CreateUserPol", EmulatorFault.Drop()));
        Assert.Throws<ArgumentException>(() => Cognito.Faults.Clear("/Token"));
        Assert.ThrowsAny<ArgumentException>(() => new EmulatorFault { Skip = -1 });
    }
}
