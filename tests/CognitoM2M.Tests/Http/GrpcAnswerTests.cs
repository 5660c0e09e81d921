using System.Net;
using System.Net.Http.Headers;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>gRPC says with HTTP status 200 that it refuses a token.</summary>
public sealed class GrpcAnswerTests
{
    private const string Method = "https://api.example.com/orders.Orders/Read";

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc", false)]
    [InlineData("application/grpc-web+proto", false)]
    public async Task Token_that_gRPC_refuses_is_replaced_and_the_call_is_sent_once_more(string mediaType, bool synchronous)
    {
        await using var api = new ApiBehindHandlers();
        api.OnCall = request => CreateAnswer(request.Headers.Authorization!.Parameter == "token-1" ? "16" : "0");

        await api.CallAsync(CreateCall(new ByteArrayContent([0, 0, 0, 0, 0]), mediaType), synchronous);

        Assert.Equal([$"{Method} Bearer token-1", $"{Method} Bearer token-2"], api.Calls);
    }

    [Fact]
    public async Task Token_of_a_refused_call_that_cannot_be_repeated_is_replaced_for_the_next_call()
    {
        await using var api = new ApiBehindHandlers();
        api.OnCall = request => CreateAnswer(request.Headers.Authorization!.Parameter == "token-1" ? "16" : "0");

        await api.CallAsync(CreateCall(new StreamContent(new MemoryStream([0, 0, 0, 0, 0])), "application/grpc"));
        await api.CallAsync(CreateCall(new StreamContent(new MemoryStream([0, 0, 0, 0, 0])), "application/grpc"));

        Assert.Equal([$"{Method} Bearer token-1", $"{Method} Bearer token-2"], api.Calls);
    }

    [Theory]
    [InlineData("7", "application/grpc")]
    [InlineData("0", "application/grpc")]
    [InlineData("16", "application/json")]
    [InlineData("16", null)]
    public async Task Other_answers_do_not_replace_the_token(string status, string? mediaType)
    {
        await using var api = new ApiBehindHandlers();
        api.OnCall = _ => CreateAnswer(status);

        await api.CallAsync(CreateCall(new ByteArrayContent([0, 0, 0, 0, 0]), mediaType));

        Assert.Single(api.Calls);
        Assert.Equal(1, api.Service.TokenRequests);
    }

    private static HttpRequestMessage CreateCall(HttpContent body, string? mediaType)
    {
        body.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        return new HttpRequestMessage(HttpMethod.Post, Method) { Content = body };
    }

    private static HttpResponseMessage CreateAnswer(string status)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.TryAddWithoutValidation("grpc-status", status);
        return answer;
    }
}
