using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Readiness;

/// <summary>Requests one token, to see whether an app client gets tokens.</summary>
internal sealed class TokenProbe : IDisposable
{
    private const int MaxAnswerLength = 64 * 1024;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private readonly IUserPoolService _service;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public TokenProbe(IUserPoolService service, CognitoProvisionerOptions options)
    {
        _service = service;
        _time = options.TimeProvider;
        _http = options.TokenHttpHandler is { } handler
            ? new HttpMessageInvoker(handler, disposeHandler: false)
            : new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Proxy = new LoopbackBypass() });
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Requests a token through each route of the app client.</summary>
    /// <returns>Why there is no token with all scopes yet, in words; null if there is one.</returns>
    public async Task<string?> FindProblemAsync(ProbedClient client, string secret, CancellationToken cancellationToken)
    {
        if (client.Route != AppClientRoute.GetClientToken
            && await FindProblemAtTokenEndpointAsync(client, secret, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            return problem;
        }

        return client.Route == AppClientRoute.OAuth2 ? null : await FindProblemOfGetClientTokenAsync(client, secret, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> FindProblemOfGetClientTokenAsync(ProbedClient client, string secret, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetClientTokenRequest { ClientId = client.ClientId, Secret = secret, Scopes = client.Scopes };
            var response = await _service.CallAsync(AppClientOperations.GetToken, request, cancellationToken).ConfigureAwait(false);
            return FindProblemOfToken(response.ClientAuthenticationResult?.AccessToken, client);
        }
        catch (CognitoProvisioningException e) when (e.Error is not ProvisioningError.Configuration)
        {
            return e.Message;
        }
    }

    private async Task<string?> FindProblemAtTokenEndpointAsync(ProbedClient client, string secret, CancellationToken cancellationToken)
    {
        if (client.TokenEndpoint is null)
            return "the host name of prefix domains is not known in this AWS partition";

        using var request = new HttpRequestMessage(HttpMethod.Post, client.TokenEndpoint);
        request.Headers.Authorization = BasicCredentials.Create(client.ClientId, secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = string.Join(' ', client.Scopes),
        };
        if (request.Headers.Authorization is null)
        {
            form["client_id"] = client.ClientId;
            form["client_secret"] = secret;
        }

        request.Content = new FormUrlEncodedContent(form);

        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxAnswerLength, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? FindProblemOfToken(FindText(body, "access_token"), client)
                : $"HTTP {(int)response.StatusCode} {FindText(body, "error")}".TrimEnd();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer came in time";
        }
    }

    /// <summary>Compares the scopes of the token with the scopes of the client. Cognito leaves out a scope that its resource server lacks, without an error.</summary>
    private static string? FindProblemOfToken(string? token, ProbedClient client)
    {
        if (string.IsNullOrEmpty(token))
            return "the answer holds no token";

        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]) || FindText(Base64Url.DecodeFromChars(parts[1]), "scope") is not { } granted)
            return null;

        var missing = client.Scopes.Except(granted.Split(' '), StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : $"the token lacks {string.Join(", ", missing)}";
    }

    private static string? FindText(byte[] json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An app client whose tokens are requested.</summary>
/// <param name="Name">The name in the blueprint.</param>
/// <param name="ClientId">The id.</param>
/// <param name="Route">The routes to try.</param>
/// <param name="Scopes">The scopes that the token must carry.</param>
/// <param name="TokenEndpoint">The token endpoint; null if there is none, or if its host name is not known.</param>
internal sealed record ProbedClient(string Name, string ClientId, AppClientRoute Route, IReadOnlyList<string> Scopes, Uri? TokenEndpoint);
