namespace CognitoM2M.Emulator.Tests;

public sealed class RequestCounterTests : EmulatorTest
{
    [Fact]
    public async Task Requests_are_counted_by_operation_even_if_they_are_refused()
    {
        await CallAsync("CreateUserPool", new { PoolName = "p" });
        await AssertRefusedAsync("InvalidParameterException", "CreateUserPool", new { });
        (await GetClientTokenAsync()).Dispose();

        Assert.Equal(2, Cognito.JsonApiRequests.Count("CreateUserPool"));
        Assert.Equal(1, Cognito.JsonApiRequests.Count("GetClientToken"));
        Assert.Equal(0, Cognito.JsonApiRequests.Count("DeleteUserPool"));
        Assert.Equal(3, Cognito.JsonApiRequests.Total);
        Assert.Equal(["CreateUserPool", "GetClientToken"], Cognito.JsonApiRequests.ByOperation.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unsupported_operations_and_other_endpoints_are_not_counted()
    {
        (await SendOperationAsync("CreateUserImportJob", "{}")).Dispose();
        (await PostTokenAsync()).Dispose();

        Assert.Equal(0, Cognito.JsonApiRequests.Total);
    }

    [Fact]
    public async Task Reset_sets_the_counts_to_zero()
    {
        await CallAsync("CreateUserPool", new { PoolName = "p" });

        Cognito.JsonApiRequests.Reset();

        Assert.Equal(0, Cognito.JsonApiRequests.Count("CreateUserPool"));
    }
}
