using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Lambda.Tests.Runtime;

/// <summary>The sample authorizer as Lambda runs it.</summary>
public sealed class BootstrapTests
{
    // The process reads the system's clock.
    private static readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Program_answers_the_events_of_all_kinds_of_authorizers_and_goes_on_after_errors()
    {
        await using var server = await RuntimeServer.StartAsync(TestKey.CreateKeySet(TestKey.Access), TimeProvider.System);
        await using var program = Start(server);
        var good = $"Bearer {CreateToken("orders/read")}";

        foreach (var kind in (string[])["rest-token", "rest-request", "http-1.0"])
        {
            var policy = Read(await server.InvokeAsync(GatewayEvent.Create(kind, "GET /orders", null, good).ToBytes()));
            Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders/1")));
            Assert.False(policy.Allows(GatewayEvent.CreateArn("GET /orders/1/refunds")));
            Assert.False(policy.Allows(GatewayEvent.CreateArn("POST /orders")));
        }

        Assert.StartsWith("response {\"isAuthorized\":true,", await server.InvokeAsync(GatewayEvent.Create("http-2.0", "GET /orders/1", "GET /orders/{id}", good).ToBytes()), StringComparison.Ordinal);
        Assert.StartsWith("response {\"isAuthorized\":false,", await server.InvokeAsync(GatewayEvent.Create("http-2.0", "POST /orders", null, good).ToBytes()), StringComparison.Ordinal);

        Assert.Equal(
            "error {\"errorMessage\":\"Unauthorized\",\"errorType\":\"ApiGatewayUnauthorizedException\"}",
            await server.InvokeAsync(GatewayEvent.Create("rest-token", "GET /orders", null, "Bearer x").ToBytes()));
        Assert.StartsWith("error {\"errorMessage\":\"The event is", await server.InvokeAsync("[]"u8.ToArray()), StringComparison.Ordinal);
        Assert.True(Read(await server.InvokeAsync(GatewayEvent.Create("rest-token", "GET /orders", null, good).ToBytes())).Allows(GatewayEvent.CreateArn("GET /orders")));

        var output = await program.StopAsync();
        Assert.Contains("rejected (Malformed)", output, StringComparison.Ordinal);
        Assert.DoesNotContain(good.Split('.')[2], output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_cannot_start_reports_why_and_ends()
    {
        await using var server = await RuntimeServer.StartAsync(TestKey.CreateKeySet(TestKey.Access), TimeProvider.System);
        await using var program = Bootstrap.Start(("AWS_LAMBDA_RUNTIME_API", server.Address), ("USER_POOL_ID", "not a user pool"), ("CLIENT_IDS", TestToken.ClientId));

        var error = await server.InitError.Task;

        Assert.Contains("UserPoolId", error, StringComparison.Ordinal);
        Assert.Contains("OptionsValidationException", error, StringComparison.Ordinal);
        Assert.Equal(1, await program.WaitForExitAsync());
    }

    private static Bootstrap Start(RuntimeServer server) => Bootstrap.Start(
        ("AWS_LAMBDA_RUNTIME_API", server.Address),
        ("USER_POOL_ID", TestToken.PoolId),
        ("CLIENT_IDS", $"other, {TestToken.ClientId}"),
        ("JWKS_URI", $"http://{server.Address}/keys"));

    private static string CreateToken(string scope) => TestToken.Create(
        TestToken.Payload.WithText("scope", scope).WithNumber("iat", _now).WithNumber("auth_time", _now).WithNumber("exp", _now + 3600));

    private static IamPolicy Read(string answer)
    {
        Assert.StartsWith("response ", answer, StringComparison.Ordinal);
        return IamPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(answer["response ".Length..]));
    }
}
