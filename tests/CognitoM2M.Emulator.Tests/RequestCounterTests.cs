namespace CognitoM2M.Emulator.Tests;

public sealed class RequestCounterTests : EmulatorTest
{
    [Fact]
    public async Task Requests_are_counted_by_operation_refused_ones_included()
    {
        await DoAsync("CreateUserPool", new { PoolName = "p" });
        await RefusedAsync("InvalidParameterException", "CreateUserPool", new { });
        (await GetClientTokenAsync()).Dispose();

        Assert.Equal(2, Cognito.Requests.For("CreateUserPool"));
        Assert.Equal(1, Cognito.Requests.For("GetClientToken"));
        Assert.Equal(0, Cognito.Requests.For("DeleteUserPool"));
        Assert.Equal(3, Cognito.Requests.Total);
        Assert.Equal(["CreateUserPool", "GetClientToken"], Cognito.Requests.ByOperation.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unsupported_operations_and_other_endpoints_are_not_counted()
    {
        (await CallAsync("CreateGroup", "{}")).Dispose();
        (await PostTokenAsync()).Dispose();

        Assert.Equal(0, Cognito.Requests.Total);
    }

    [Fact]
    public async Task Reset_starts_at_zero()
    {
        await DoAsync("CreateUserPool", new { PoolName = "p" });

        Cognito.Requests.Reset();

        Assert.Equal(0, Cognito.Requests.For("CreateUserPool"));
    }
}
