namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class AppClientFlowTests : OperationTest
{
    private static readonly string[] _m2m = ["client_credentials"];

    [Fact]
    public async Task Flow_client_credentials_cannot_be_combined() => Assert.Equal(
        "client_credentials flow can not be selected along with code flow or implicit flow.",
        await AssertRefusedAsync("InvalidOAuthFlowException", "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            GenerateSecret = true,
            AllowedOAuthFlows = new[] { "client_credentials", "code" },
        }));

    [Fact]
    public async Task Flow_client_credentials_needs_a_secret() => Assert.Equal(
        "client_credentials flow can not be selected if client does not have a client secret.",
        await AssertRefusedAsync(
            "InvalidOAuthFlowException", "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", AllowedOAuthFlows = _m2m }));

    [Fact]
    public async Task Flow_client_credentials_cannot_have_standard_scopes() => Assert.Equal(
        "openid is not supported with client_credentials flow",
        await AssertRefusedAsync("InvalidOAuthFlowException", "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            GenerateSecret = true,
            AllowedOAuthFlows = _m2m,
            AllowedOAuthScopes = new[] { "openid" },
        }));

    [Fact]
    public async Task Unknown_scope_is_refused() => Assert.Equal(
        "Invalid scope requested: orders/delete",
        await AssertRefusedAsync("ScopeDoesNotExistException", "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            AllowedOAuthScopes = new[] { "orders/delete" },
        }));

    [Fact]
    public async Task OAuth_needs_flows_and_scopes() => Assert.Equal(
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        await AssertRefusedAsync(Invalid, "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            GenerateSecret = true,
            AllowedOAuthFlows = _m2m,
            AllowedOAuthFlowsUserPoolClient = true,
        }));

    [Fact]
    public async Task Flow_code_needs_a_callback() => Assert.Equal(
        "CallbackUrls can not be empty when code flow or implicit flow is selected",
        await AssertRefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", AllowedOAuthFlows = new[] { "code" } }));

    [Theory]
    [InlineData("ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")]
    [InlineData("ALLOW_REFRESH_TOKEN_AUTH", "ADMIN_NO_SRP_AUTH")]
    [InlineData("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_EVERYTHING")]
    public async Task Invalid_combinations_of_authentication_flows_are_refused(params string[] flows) =>
        await AssertRefusedAsync(Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ExplicitAuthFlows = flows });
}
