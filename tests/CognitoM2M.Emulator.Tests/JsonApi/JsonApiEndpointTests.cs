using System.Net;

namespace CognitoM2M.Emulator.Tests.JsonApi;

public sealed class JsonApiEndpointTests : EmulatorTest
{
    [Fact]
    public async Task Unknown_operation_is_named()
    {
        using var response = await CallAsync("CreateGroup", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            """{"__type":"UnknownOperationException","message":"The emulator does not support the operation 'CreateGroup'."}""",
            await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("GetClientToken")]
    [InlineData("AnotherService.GetClientToken")]
    public async Task Request_without_a_target_in_this_service_is_an_unknown_operation(string? target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent("{}") };
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);

        using var response = await Http.SendAsync(request);

        Assert.Equal("UnknownOperationException", (await JsonOf(response))["__type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("\"text\"")]
    public async Task Body_that_is_no_JSON_object_is_a_serialization_error(string body)
    {
        using var response = await CallAsync("GetClientToken", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("SerializationException", (await JsonOf(response))["__type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("application/json", "SerializationException")]
    [InlineData("application/x-amz-json-1.0", "InvalidParameterException")]
    public async Task Content_type_has_to_be_an_AWS_JSON_version(string contentType, string error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent("{}") };
        request.Content.Headers.ContentType = new(contentType);
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.GetClientToken");

        using var response = await Http.SendAsync(request);

        Assert.Equal(error, (await JsonOf(response))["__type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Body_over_one_mebibyte_is_refused()
    {
        using var response = await CallAsync("GetClientToken", $$"""{"Padding":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("SerializationException", (await JsonOf(response))["__type"]!.GetValue<string>());
    }
}
