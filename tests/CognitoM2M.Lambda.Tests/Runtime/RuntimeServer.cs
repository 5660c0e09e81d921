using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Lambda.Tests.Runtime;

/// <summary>A small server that speaks the Runtime API of Lambda, and publishes a key set.</summary>
internal sealed class RuntimeServer : IAsyncDisposable
{
    private const string Version = "/2018-06-01/runtime";

    private readonly WebApplication _app;
    private readonly BlockingCollection<Invocation> _waiting = [];
    private readonly ConcurrentDictionary<string, Invocation> _open = new();

    private RuntimeServer(string keySet, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapGet("/keys", () => Results.Text(keySet, "application/json"));
        _app.MapGet($"{Version}/invocation/next", context => NextAsync(context, time));
        _app.MapPost($"{Version}/invocation/{{id}}/response", (string id, HttpContext context) => AnswerAsync(id, "response", context));
        _app.MapPost($"{Version}/invocation/{{id}}/error", (string id, HttpContext context) => AnswerAsync(id, "error", context));
        _app.MapPost($"{Version}/init/error", async context =>
        {
            InitError.TrySetResult(await ReadAsync(context));
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        });
    }

    public TaskCompletionSource<string> InitError { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The host and the port.</summary>
    public string Address => new Uri(_app.Urls.Single()).Authority;

    public static async Task<RuntimeServer> StartAsync(string keySet, TimeProvider time)
    {
        var server = new RuntimeServer(keySet, time);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Gives an event to the program, and waits for its answer: <c>response</c> or <c>error</c>, a space, and what it sent.</summary>
    public Task<string> InvokeAsync(byte[] request)
    {
        var invocation = new Invocation(Guid.NewGuid().ToString(), request, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _open[invocation.Id] = invocation;
        _waiting.Add(invocation);
        return invocation.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _app.DisposeAsync();
        _waiting.Dispose();
    }

    private async Task NextAsync(HttpContext context, TimeProvider time)
    {
        // The program waits here until there is an event.
        var invocation = await Task.Run(() => _waiting.Take(context.RequestAborted));
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = $"{time.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds()}";
        context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-west-1:123456789012:function:authorizer";
        context.Response.Headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(invocation.Event);
    }

    private async Task AnswerAsync(string id, string kind, HttpContext context)
    {
        var text = await ReadAsync(context);
        context.Response.StatusCode = _open.TryRemove(id, out var invocation) && invocation.Answer.TrySetResult($"{kind} {text}")
            ? StatusCodes.Status202Accepted
            : StatusCodes.Status400BadRequest;
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private sealed record Invocation(string Id, byte[] Event, TaskCompletionSource<string> Answer);
}
