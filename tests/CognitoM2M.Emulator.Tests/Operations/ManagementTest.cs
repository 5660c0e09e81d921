using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations;

/// <summary>A pool made through the JSON API, with the resource server <c>orders</c>.</summary>
public abstract class ManagementTest : EmulatorTest
{
    protected const string Invalid = "InvalidParameterException";
    protected const string NotFound = "ResourceNotFoundException";
    protected const string LimitExceeded = "LimitExceededException";

    protected string PoolId { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        PoolId = await CreatePoolAsync("wired");
        await DoAsync("CreateResourceServer", new
        {
            UserPoolId = PoolId,
            Identifier = "orders",
            Name = "Orders",
            Scopes = new[] { Scope("read"), Scope("write") },
        });
    }

    protected static object Scope(string name) => new { ScopeName = name, ScopeDescription = $"May {name}" };

    protected async Task<string> CreatePoolAsync(string name) =>
        (await DoAsync("CreateUserPool", new { PoolName = name }))["UserPool"]!["Id"]!.GetValue<string>();

    protected async Task<JsonObject> DescribePoolAsync() =>
        (await DoAsync("DescribeUserPool", new { UserPoolId = PoolId }))["UserPool"]!.AsObject();

    /// <summary>An app client that gets tokens by the token endpoint.</summary>
    protected async Task<JsonObject> CreateClientAsync() => (await DoAsync("CreateUserPoolClient", new
    {
        UserPoolId = PoolId,
        ClientName = "wired",
        GenerateSecret = true,
        AllowedOAuthFlowsUserPoolClient = true,
        AllowedOAuthFlows = new[] { "client_credentials" },
        AllowedOAuthScopes = new[] { "orders/read" },
    }))["UserPoolClient"]!.AsObject();

    protected Task<HttpResponseMessage> PostTokenForAsync(JsonObject client) =>
        PostFormAsync("grant_type=client_credentials", $"{client["ClientId"]}:{client["ClientSecret"]}");

    protected static string[] TextsOf(JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];
}
