using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CognitoM2M.Lambda.Answers;

/// <summary>Writes the answers that API Gateway reads.</summary>
internal static class AnswerWriter
{
    /// <summary>A simple response of an HTTP API.</summary>
    public static byte[] WriteSimple(bool isAuthorized, Caller caller) => Write(json =>
    {
        json.WriteBoolean("isAuthorized", isAuthorized);
        WriteContext(json, caller.Context);
    });

    /// <summary>A policy, for REST APIs and for HTTP APIs without simple responses.</summary>
    public static byte[] WritePolicy(AnswerPolicy policy, Caller caller) => Write(json =>
    {
        json.WriteString("principalId", caller.PrincipalId);
        json.WriteStartObject("policyDocument");
        json.WriteString("Version", "2012-10-17");
        json.WriteStartArray("Statement");
        WriteStatement(json, "Allow", policy.Allowed, policy.EndsAt);
        WriteStatement(json, "Deny", policy.Denied, endsAt: null);
        json.WriteEndArray();
        json.WriteEndObject();
        WriteContext(json, caller.Context);
        if (caller.UsageIdentifierKey is { } key)
            json.WriteString("usageIdentifierKey", key);
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteStatement(Utf8JsonWriter json, string effect, IReadOnlyList<string> resources, DateTimeOffset? endsAt)
    {
        if (resources.Count == 0)
            return;

        json.WriteStartObject();
        json.WriteString("Action", "execute-api:Invoke");
        json.WriteString("Effect", effect);
        json.WriteStartArray("Resource");
        foreach (var resource in resources)
            json.WriteStringValue(resource);
        json.WriteEndArray();
        if (endsAt is { } end)
            WriteCondition(json, end);
        json.WriteEndObject();
    }

    // IfExists: if a request has no aws:CurrentTime, the condition is met.
    private static void WriteCondition(Utf8JsonWriter json, DateTimeOffset end)
    {
        json.WriteStartObject("Condition");
        json.WriteStartObject("DateLessThanIfExists");
        json.WriteString("aws:CurrentTime", end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object>> context)
    {
        if (context.Count == 0)
            return;

        json.WriteStartObject("context");
        foreach (var (name, value) in context)
        {
            json.WritePropertyName(name);
            WriteValue(json, name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            default:
                throw new ApiGatewayAuthorizerException($"CreateContext gave the value '{name}', which is not a string, a boolean or a finite number. API Gateway accepts no others.");
        }
    }
}
