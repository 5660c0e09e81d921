using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>The token endpoint of a <see cref="FakeCognito"/>. For the first few requests, its host name does not resolve.</summary>
internal sealed class FakeTokenEndpoint(FakeCognito cognito, int unresolved = 0) : HttpMessageHandler
{
    public List<Uri> Requests { get; } = [];

    /// <summary>Scopes that Cognito leaves out of tokens.</summary>
    public HashSet<string> InactiveScopes { get; } = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.RequestUri!);
        if (Requests.Count <= unresolved)
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known");

        var form = (await request.Content!.ReadAsStringAsync(cancellationToken)).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));
        // A server that reads a plus sign in the header as a blank, as form decoding does.
        var credentials = request.Headers.Authorization is { } header
            ? Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!)).Replace('+', ' ').Split(':')
            : [form["client_id"], form["client_secret"]];
        var client = cognito.Pools.SelectMany(pool => pool.Clients).FirstOrDefault(client => client.Id == credentials[0]);
        if (client?.Secrets.Any(secret => secret.ClientSecretValue == credentials[1]) != true)
            return Json(HttpStatusCode.BadRequest, """{"error":"invalid_client"}""");
        if (client.Settings is not { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ["client_credentials"] })
            return Json(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");

        var token = FakeToken.Create([.. form["scope"].Split(' ').Except(InactiveScopes)]);
        return Json(HttpStatusCode.OK, $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600}""");
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}

/// <summary>Tokens without a valid signature.</summary>
internal static class FakeToken
{
    public static string Create(IReadOnlyList<string> scopes) =>
        $"e30.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { scope = string.Join(' ', scopes) }))}.c2ln";
}
