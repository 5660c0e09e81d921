using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations;

/// <summary>A test of the JSON API. Besides the pool created in C#, there is one created through the API, with the resource server <c>orders</c>.</summary>
public abstract class OperationTest : EmulatorTest
{
    protected const string Invalid = "InvalidParameterException";
    protected const string NotFound = "ResourceNotFoundException";
    protected const string LimitExceeded = "LimitExceededException";

    protected string PoolId { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        PoolId = await CreatePoolAsync("wired");
        await CallAsync("CreateResourceServer", new
        {
            UserPoolId = PoolId,
            Identifier = "orders",
            Name = "Orders",
            Scopes = new[] { Scope("read"), Scope("write") },
        });
    }

    protected static object Scope(string name) => new { ScopeName = name, ScopeDescription = $"May {name}" };

    protected async Task<string> CreatePoolAsync(string name) =>
        (await CallAsync("CreateUserPool", new { PoolName = name }))["UserPool"]!["Id"]!.GetValue<string>();

    protected async Task<JsonObject> DescribePoolAsync() =>
        (await CallAsync("DescribeUserPool", new { UserPoolId = PoolId }))["UserPool"]!.AsObject();

    /// <summary>Creates an app client that can request tokens at the token endpoint.</summary>
    protected async Task<JsonObject> CreateClientAsync() => (await CallAsync("CreateUserPoolClient", new
    {
        UserPoolId = PoolId,
        ClientName = "wired",
        GenerateSecret = true,
        AllowedOAuthFlowsUserPoolClient = true,
        AllowedOAuthFlows = new[] { "client_credentials" },
        AllowedOAuthScopes = new[] { "orders/read" },
    }))["UserPoolClient"]!.AsObject();

    protected Task<HttpResponseMessage> RequestTokenAsync(JsonObject client) =>
        PostFormAsync("grant_type=client_credentials", $"{client["ClientId"]}:{client["ClientSecret"]}");

    protected static string[] ReadTexts(JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];
}
