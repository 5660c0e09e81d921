using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace LambdaAuthorizer;

/// <summary>
/// The Runtime API of AWS Lambda: a program asks for an event, answers it, and asks for the next one.
/// See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
/// </summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";

    private readonly HttpClient _http;

    private RuntimeApi(Uri address) => _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = address,
        // Lambda freezes the process while it waits for an event.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Finds the Runtime API.</summary>
    /// <exception cref="InvalidOperationException">The program was not started by Lambda.</exception>
    public static RuntimeApi CreateFromEnvironment() =>
        Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 } host
            ? new RuntimeApi(new Uri($"http://{host}/2018-06-01/runtime/"))
            : throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set. Lambda sets it; to try the program elsewhere, start a server that speaks the Runtime API.");

    /// <summary>Answers events, one after the other. Ends only if the Runtime API fails.</summary>
    /// <param name="handler">Answers an event. The token is cancelled when the time of the function is over.</param>
    /// <exception cref="HttpRequestException">The Runtime API did not accept a request. Lambda then starts the program again.</exception>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> handler)
    {
        while (true)
        {
            using var next = await _http.GetAsync(new Uri("invocation/next", UriKind.Relative));
            next.EnsureSuccessStatusCode();
            await AnswerAsync(next, handler);
        }
    }

    /// <summary>Reports that the program cannot start. End the program afterwards.</summary>
    public Task ReportInitErrorAsync(Exception error) => PostErrorAsync("init/error", error);

    public void Dispose() => _http.Dispose();

    private async Task AnswerAsync(HttpResponseMessage invocation, Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> handler)
    {
        var path = $"invocation/{ReadHeader(invocation, "Lambda-Runtime-Aws-Request-Id")}";
        using var timeout = new CancellationTokenSource(FindTimeLeft(invocation));
        byte[] answer;
        try
        {
            answer = await handler(await invocation.Content.ReadAsByteArrayAsync(), timeout.Token);
        }
        catch (Exception e)
        {
            await PostErrorAsync($"{path}/error", e);
            return;
        }

        using var content = new ByteArrayContent(answer);
        content.Headers.ContentType = new("application/json");
        using var response = await _http.PostAsync(new Uri($"{path}/response", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    private static TimeSpan FindTimeLeft(HttpResponseMessage invocation)
    {
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(ReadHeader(invocation, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture));
        var left = deadline - TimeProvider.System.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static string ReadHeader(HttpResponseMessage invocation, string name) => invocation.Headers.GetValues(name).Single();

    // API Gateway looks at the message: "Unauthorized" becomes status 401, everything else becomes status 500.
    private async Task PostErrorAsync(string path, Exception error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Headers.Add(ErrorTypeHeader, $"Function.{error.GetType().Name}");
        request.Content = JsonContent.Create(new RuntimeError(error.Message, error.GetType().Name), RuntimeJson.Default.RuntimeError);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>An error as the Runtime API expects it.</summary>
internal sealed record RuntimeError(string ErrorMessage, string ErrorType);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RuntimeError))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
