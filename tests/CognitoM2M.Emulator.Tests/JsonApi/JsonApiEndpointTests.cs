using System.Net;

namespace CognitoM2M.Emulator.Tests.JsonApi;

public sealed class JsonApiEndpointTests : EmulatorTest
{
    [Fact]
    public async Task Error_for_an_unknown_operation_names_the_operation()
    {
        using var response = await SendOperationAsync("CreateUserImportJob", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            """{"__type":"UnknownOperationException","message":"The emulator does not support the operation 'CreateUserImportJob'."}""",
            await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("GetClientToken")]
    [InlineData("AnotherService.GetClientToken")]
    public async Task Request_without_a_target_of_this_service_gets_UnknownOperationException(string? target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent("{}") };
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);

        using var response = await Http.SendAsync(request);

        Assert.Equal("UnknownOperationException", (await ReadJsonAsync(response))["__type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("\"text\"")]
    public async Task Body_that_is_not_a_JSON_object_gets_a_serialization_error(string body)
    {
        using var response = await SendOperationAsync("GetClientToken", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("SerializationException", (await ReadJsonAsync(response))["__type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("application/json", "SerializationException")]
    [InlineData("application/x-amz-json-1.0", "InvalidParameterException")]
    public async Task Content_type_must_be_a_version_of_AWS_JSON(string contentType, string error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent("{}") };
        request.Content.Headers.ContentType = new(contentType);
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.GetClientToken");

        using var response = await Http.SendAsync(request);

        Assert.Equal(error, (await ReadJsonAsync(response))["__type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Body_over_one_mebibyte_is_refused()
    {
        using var response = await SendOperationAsync("GetClientToken", $$"""{"Padding":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("SerializationException", (await ReadJsonAsync(response))["__type"]!.GetValue<string>());
    }
}
