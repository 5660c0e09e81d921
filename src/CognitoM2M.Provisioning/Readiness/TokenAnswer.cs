using System.Buffers.Text;
using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Readiness;

/// <summary>
/// Says in words why an answer to a token request is of no use. Text of the server is shown only where it has the form of an error name,
/// because a server or a proxy may echo the request, and the request holds the secret.
/// </summary>
internal static class TokenAnswer
{
    /// <summary>What is wrong with an answer of the token endpoint; null if it holds a token with all scopes.</summary>
    public static string? FindProblem(HttpStatusCode status, ReadOnlySpan<byte> body, ProbedClient client, string secret)
    {
        var json = StrictJson.TryParseObject(body, out var root) is null ? root : (JsonElement?)null;
        if (status != HttpStatusCode.OK)
        {
            var error = json is { } refusal ? FindText(refusal, "error") : null;
            return ErrorName.IsSafe(error, secret) ? $"HTTP {(int)status} {error}" : $"HTTP {(int)status}";
        }

        if (json is not { } answer)
            return "the answer is not a JSON object, so Cognito did not send it";

        try
        {
            return FindProblemOfToken(TokenResponse.Read(answer, "access_token", "token_type", "expires_in").AccessToken, client);
        }
        catch (InvalidTokenResponseException problem)
        {
            return $"the answer is not a token response: {problem.Message}";
        }
    }

    /// <summary>Compares the scopes of the token with the scopes of the client. Cognito leaves out a scope that its resource server lacks, without an error.</summary>
    public static string? FindProblemOfToken(string? token, ProbedClient client)
    {
        if (string.IsNullOrEmpty(token))
            return "the answer holds no token";

        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1])
            || StrictJson.TryParseObject(Base64Url.DecodeFromChars(parts[1]), out var claims) is not null
            || FindText(claims, "scope") is not { } granted)
        {
            return null;
        }

        var missing = client.Scopes.Except(granted.Split(' '), StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : $"the token lacks {string.Join(", ", missing)}";
    }

    /// <summary>Why no answer came. The messages of HTTP errors can quote what the server sent, so they are not shown.</summary>
    public static string DescribeNoAnswer(Exception error, Uri endpoint) => (error as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"the host name {endpoint.Host} does not resolve",
        HttpRequestError.ConnectionError => $"no connection to {endpoint.Authority}",
        HttpRequestError.SecureConnectionError => $"no TLS connection to {endpoint.Authority}{DescribeTls(error)}",
        HttpRequestError.InvalidResponse => $"the answer of {endpoint.Authority} is not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => $"the answer of {endpoint.Authority} is too long for Cognito",
        HttpRequestError.ProxyTunnelError => $"the proxy did not connect to {endpoint.Authority}",
        _ => $"the request to {endpoint.Authority} ended without an answer",
    };

    // These messages are texts of .NET and of the system.
    private static string DescribeTls(Exception error) => error.InnerException is AuthenticationException tls ? $": {tls.Message.TrimEnd('.')}" : "";

    private static string? FindText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
