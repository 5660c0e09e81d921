using System.Net;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class GetClientTokenTests : EmulatorTest
{
    private const string AnySecret = "abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public async Task Response_holds_token_lifetime_and_type()
    {
        using var response = await GetClientTokenAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-amz-json-1.1", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
        var result = (await ReadJsonAsync(response))["ClientAuthenticationResult"]!.AsObject();
        Assert.Equal("AccessToken ExpiresIn TokenType", ListMembers(result));
        Assert.Equal(3600, result["ExpiresIn"]!.GetValue<int>());
        Assert.Equal("Bearer", result["TokenType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Signed_request_is_served_too()
    {
        const string Signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/cognito-idp/aws4_request";
        Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Signature);

        using var response = await GetClientTokenAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Token_holds_only_the_requested_scopes()
    {
        Assert.Equal("orders/read orders/write", await ReadScopesAsync(await GetClientTokenAsync()));
        Assert.Equal("orders/write", await ReadScopesAsync(await GetClientTokenAsync("orders/write", "orders/write")));
    }

    [Fact]
    public async Task Scope_that_the_client_is_not_allowed_gets_InvalidParameterException()
    {
        using var response = await GetClientTokenAsync("orders/read", "orders/delete");

        await AssertErrorAsync(response, "InvalidParameterException", "Invalid scope requested: orders/read orders/delete");
    }

    [Fact]
    public async Task Deleted_scope_is_left_out_of_the_token()
    {
        Pool.DeleteScope("orders", "read");

        Assert.Equal("orders/write", await ReadScopesAsync(await GetClientTokenAsync()));
    }

    [Fact]
    public async Task OAuth_settings_other_than_scopes_have_no_effect()
    {
        Client.AllowedOAuthFlowsUserPoolClient = false;
        Client.AllowedOAuthFlows = [];

        using var response = await GetClientTokenAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Client_without_the_flow_is_refused()
    {
        Client.ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"];

        using var response = await GetClientTokenAsync();

        await AssertErrorAsync(response, "InvalidParameterException", "CLIENT_TOKEN_AUTH flow not enabled for this client");
    }

    [Fact]
    public async Task Wrong_secret_and_unknown_client_get_the_same_error()
    {
        using var wrongSecret = await SendOperationAsync("GetClientToken", $$"""{"ClientId":"{{Client.ClientId}}","Secret":"{{AnySecret}}"}""");
        using var unknownClient = await SendOperationAsync("GetClientToken", $$"""{"ClientId":"nobody","Secret":"{{AnySecret}}"}""");

        await AssertErrorAsync(wrongSecret, "NotAuthorizedException", "Invalid client or secret");
        await AssertErrorAsync(unknownClient, "NotAuthorizedException", "Invalid client or secret");
    }

    [Fact]
    public async Task All_mistakes_are_reported_together()
    {
        using var response = await SendOperationAsync("GetClientToken", """{"Secret":null}""");

        await AssertErrorAsync(
            response,
            "InvalidParameterException",
            "2 validation errors detected: Value null at 'clientId' failed to satisfy constraint: Member must not be null; "
                + "Value null at 'secret' failed to satisfy constraint: Member must not be null");
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("has spaces in the middle of it")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Error_for_a_malformed_secret_does_not_show_the_secret(string secret)
    {
        using var response = await SendOperationAsync("GetClientToken", $$"""{"ClientId":"{{Client.ClientId}}","Secret":"{{secret}}"}""");

        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("Value at 'secret' failed to satisfy constraint: Member must", body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_scope_and_too_many_scopes_are_refused()
    {
        using var shape = await GetClientTokenAsync("orders read");
        using var number = await GetClientTokenAsync([.. Enumerable.Range(0, 51).Select(i => $"orders/{i}")]);

        Assert.Contains("Value '[orders read]' at 'scopes'", await shape.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("length less than or equal to 50", await number.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_that_a_header_cannot_carry_are_replaced_in_the_error_header()
    {
        using var response = await SendOperationAsync("GetClientToken", $$"""{"ClientId":"müller\r\nX-Evil: 1","Secret":"{{AnySecret}}"}""");

        Assert.StartsWith(
            "1 validation error detected: Value 'm?ller??X-Evil: 1' at 'clientId'",
            Assert.Single(response.Headers.GetValues("x-amzn-ErrorMessage")),
            StringComparison.Ordinal);
        Assert.Contains("müller", (await ReadJsonAsync(response))["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ClientId":5}""")]
    [InlineData("""{"Scopes":"orders/read"}""")]
    [InlineData("""{"Scopes":[null]}""")]
    [InlineData("""{"ClientMetadata":{"tenant":1}}""")]
    public async Task Member_of_the_wrong_type_gets_a_serialization_error(string body)
    {
        using var response = await SendOperationAsync("GetClientToken", body);

        Assert.Equal("SerializationException", (await ReadJsonAsync(response))["__type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Client_metadata_with_text_values_is_accepted()
    {
        var body = $$"""{"ClientId":"{{Client.ClientId}}","Secret":"{{Client.ClientSecret}}","ClientMetadata":{ "tenant":"acme" } }""";

        using var response = await SendOperationAsync("GetClientToken", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, string name, string message)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var body = await ReadJsonAsync(response);
        Assert.Equal(name, body["__type"]!.GetValue<string>());
        Assert.Equal(message, body["message"]!.GetValue<string>());
        Assert.Equal($"{name}:", Assert.Single(response.Headers.GetValues("x-amzn-ErrorType")));
        Assert.Equal(message, Assert.Single(response.Headers.GetValues("x-amzn-ErrorMessage")));
    }

    private static async Task<string> ReadScopesAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var token = (await ReadJsonAsync(response))["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>();
            return JwtReader.ReadPayload(token)["scope"]!.GetValue<string>();
        }
    }
}
