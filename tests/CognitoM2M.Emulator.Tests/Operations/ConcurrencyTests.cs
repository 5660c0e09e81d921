using System.Text.Json;

namespace CognitoM2M.Emulator.Tests.Operations;

public sealed class ConcurrencyTests : OperationTest
{
    [Fact]
    public async Task Limit_is_kept_when_many_requests_create_at_once()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var response = await SendOperationAsync(
                "CreateResourceServer", JsonSerializer.Serialize(new { UserPoolId = PoolId, Identifier = $"s{i}", Name = "S" }));
            return response.IsSuccessStatusCode;
        }));

        Assert.Equal(24, created.Count(isCreated => isCreated));
    }

    [Fact]
    public async Task Only_one_of_many_concurrent_requests_gets_a_domain()
    {
        var pools = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => CreatePoolAsync($"p{i}")));

        var taken = await Task.WhenAll(pools.Select(async pool =>
        {
            using var response = await SendOperationAsync("CreateUserPoolDomain", $$"""{"UserPoolId":"{{pool}}","Domain":"acme-m2m"}""");
            return response.IsSuccessStatusCode;
        }));

        Assert.Single(taken, isTaken => isTaken);
    }
}
