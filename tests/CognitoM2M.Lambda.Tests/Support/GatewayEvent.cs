using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Lambda.Tests.Support;

/// <summary>
/// Events as API Gateway sends them. The files beside this class have the shapes of real events; a test changes what matters to it.
/// </summary>
internal static class GatewayEvent
{
    public const string StagePrefix = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/";

    /// <summary>Kinds of events for which the answer is a policy or a simple response.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["rest-token", "rest-request", "http-1.0", "http-2.0"];

    /// <summary>The ARN of a request, given as <c>GET /orders/1</c>.</summary>
    public static string CreateArn(string methodAndPath) => StagePrefix + methodAndPath.Replace(" /", "/", StringComparison.Ordinal);

    public static JsonObject Read(string kind) => JsonNode.Parse(ReadText(kind))!.AsObject();

    public static byte[] ReadBytes(string name) => Encoding.UTF8.GetBytes(ReadText(name));

    /// <summary>A request with a token.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="request">Method and path, such as <c>GET /orders/1</c>.</param>
    /// <param name="route">The route of the request, such as <c>GET /orders/{id}</c>; null if it is the same.</param>
    /// <param name="authorization">The header Authorization.</param>
    public static JsonObject Create(string kind, string request, string? route, string? authorization)
    {
        var (method, path) = Split(request);
        var template = Split(route ?? request).Path;
        var created = Read(kind);
        switch (kind)
        {
            case "rest-token":
                created["methodArn"] = CreateArn(request);
                created["authorizationToken"] = authorization;
                break;
            case "rest-request" or "http-1.0":
                created["methodArn"] = CreateArn(request);
                created["resource"] = template;
                created["path"] = path;
                created["httpMethod"] = method;
                if (kind == "http-1.0")
                {
                    created["identitySource"] = authorization;
                    created["authorizationToken"] = authorization;
                }

                SetHeader(created, "Authorization", authorization);
                break;
            default:
                created["routeArn"] = CreateArn(request);
                created["routeKey"] = route ?? request;
                created["rawPath"] = path;
                created["identitySource"] = new JsonArray(authorization, route ?? request);
                SetHeader(created, "authorization", authorization);
                break;
        }

        return created;
    }

    /// <summary>Sets a header, in <c>headers</c> and in <c>multiValueHeaders</c> if the event has it.</summary>
    public static void SetHeader(JsonObject request, string name, string? value)
    {
        request["headers"]!.AsObject().Remove(name);
        request["multiValueHeaders"]?.AsObject().Remove(name);
        if (value is null)
            return;

        request["headers"]![name] = value;
        if (request["multiValueHeaders"] is { } all)
            all[name] = new JsonArray(value);
    }

    public static byte[] ToBytes(this JsonObject request) => JsonSerializer.SerializeToUtf8Bytes(request);

    private static (string Method, string Path) Split(string request) =>
        request.Split(' ') is [var method, var path] ? (method, path) : ("GET", request);

    private static string ReadText(string name)
    {
        using var reader = new StreamReader(typeof(GatewayEvent).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
