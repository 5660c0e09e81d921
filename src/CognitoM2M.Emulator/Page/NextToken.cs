using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Page;

/// <summary>Hands the next token that a service gets to those who wait for it. No token is kept.</summary>
internal sealed class NextToken
{
    private volatile TaskCompletionSource<string>? _next;

    /// <summary>Waits for the next token that is issued.</summary>
    public Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        var own = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = Interlocked.CompareExchange(ref _next, own, null) ?? own;
        return next.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes the token out of a response, if somebody waits for one.</summary>
    public void Offer(PreparedResponse? response)
    {
        if (_next is null || response is null || FindToken(response.Body) is not { } token)
            return;

        Interlocked.Exchange(ref _next, null)?.TrySetResult(token);
    }

    // The body of a fault is a text of the user.
    private static string? FindToken(ReadOnlyMemory<byte> body)
    {
        try
        {
            var response = body.IsEmpty ? default : JsonElement.Parse(body.Span);
            return FindText(response, "access_token") ?? FindText(Find(response, "ClientAuthenticationResult"), "AccessToken");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? FindText(JsonElement value, string name) => Find(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement Find(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;
}
