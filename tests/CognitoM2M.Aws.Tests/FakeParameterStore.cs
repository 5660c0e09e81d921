using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Aws.Tests;

/// <summary>A server on loopback that answers the operations of Parameter Store that the packages use.</summary>
internal sealed class FakeParameterStore : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeParameterStore(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    public Dictionary<string, (string Type, string Value)> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys of all versions of each parameter, the newest last.</summary>
    public Dictionary<string, List<string>> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The operations that were called, with the name of their parameter.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The header Authorization and the KMS key of each request.</summary>
    public List<(string Authorization, string? KmsKey)> Requests { get; } = [];

    /// <summary>An error to answer with, and its message.</summary>
    public (string Code, string Message)? Refusal { get; set; }

    /// <summary>Called before a parameter is written.</summary>
    public Action? BeforePut { get; set; }

    /// <summary>A text to answer with, instead of JSON.</summary>
    public string? ForeignAnswer { get; set; }

    public static async Task<FakeParameterStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var store = new FakeParameterStore(builder.Build());
        store._server.Run(store.AnswerAsync);
        await store._server.StartAsync();
        return store;
    }

    public IAmazonSimpleSystemsManagement CreateClient() => new AmazonSimpleSystemsManagementClient(
        new BasicAWSCredentials("a", "b"), new AmazonSimpleSystemsManagementConfig { ServiceURL = Address, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var request = body.RootElement;
        Requests.Add((context.Request.Headers.Authorization.ToString(), request.TryGetProperty("KeyId", out var key) ? key.GetString() : null));
        var (status, answer) = Answer(context.Request.Headers["X-Amz-Target"].ToString().Split('.')[1], request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        var text = ForeignAnswer ?? JsonSerializer.Serialize(answer);
        context.Response.Headers.ContentLength = text.Length;
        context.Response.Headers["x-amzn-RequestId"] = Calls.Count.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync(text);
    }

    private (int Status, object Body) Answer(string operation, JsonElement request)
    {
        var name = request.GetProperty("Name").GetString()!;
        Calls.Add($"{operation} {name}");
        if (Refusal is { } refusal)
            return (400, new { __type = refusal.Code, message = refusal.Message });

        if (operation == "PutParameter")
        {
            BeforePut?.Invoke();
            if (Parameters.ContainsKey(name) && !(request.TryGetProperty("Overwrite", out var overwrite) && overwrite.GetBoolean()))
                return (400, new { __type = "ParameterAlreadyExists", message = "" });

            if (!Keys.TryGetValue(name, out var keys))
                Keys[name] = keys = [];
            keys.Add(request.TryGetProperty("KeyId", out var key) ? key.GetString()! : "alias/aws/ssm");
            Parameters[name] = (request.GetProperty("Type").GetString()!, request.GetProperty("Value").GetString()!);
            return (200, new { Version = 1 });
        }

        if (operation == "GetParameterHistory")
            return (200, CreateHistoryPage(Keys[name], request));

        return Parameters.TryGetValue(name, out var found)
            ? (200, new { Parameter = new { Name = name, found.Type, Value = request.GetProperty("WithDecryption").GetBoolean() ? found.Value : "encrypted" } })
            : (400, new { __type = "ParameterNotFound", message = "" });
    }

    // One version on a page.
    private static Dictionary<string, object> CreateHistoryPage(List<string> keys, JsonElement request)
    {
        var index = request.TryGetProperty("NextToken", out var token) ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture) : 0;
        var page = new Dictionary<string, object> { ["Parameters"] = new[] { new { KeyId = keys[index], Version = index + 1 } } };
        if (index + 1 < keys.Count)
            page["NextToken"] = (index + 1).ToString(CultureInfo.InvariantCulture);
        return page;
    }
}
