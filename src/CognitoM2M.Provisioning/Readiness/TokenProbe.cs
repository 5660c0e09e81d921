using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Provisioning.Readiness;

/// <summary>Asks for one token, to see whether an app client gets it.</summary>
internal sealed class TokenProbe(ICognitoUserPoolApi api, HttpMessageInvoker http, TimeProvider time)
{
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <summary>Why there is no token yet, in words; null if there is one with all scopes.</summary>
    public async Task<string?> TryAsync(ProbedClient client, string secret, CancellationToken cancellationToken)
    {
        if (client.Route != AppClientRoute.GetClientToken && await TryTokenEndpointAsync(client, secret, cancellationToken).ConfigureAwait(false) is { } problem)
            return problem;

        return client.Route == AppClientRoute.OAuth2 ? null : await TryGetClientTokenAsync(client, secret, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> TryGetClientTokenAsync(ProbedClient client, string secret, CancellationToken cancellationToken)
    {
        try
        {
            var response = await api
                .GetClientTokenAsync(new() { ClientId = client.ClientId, Secret = secret, Scopes = client.Scopes }, cancellationToken)
                .ConfigureAwait(false);
            return Judge(response.ClientAuthenticationResult?.AccessToken, client);
        }
        catch (CognitoProvisioningException e) when (e.Error is not ProvisioningError.Configuration)
        {
            return e.Message;
        }
    }

    private async Task<string?> TryTokenEndpointAsync(ProbedClient client, string secret, CancellationToken cancellationToken)
    {
        if (client.TokenEndpoint is null)
            return "the host name of prefix domains is not known in this partition";

        using var request = new HttpRequestMessage(HttpMethod.Post, client.TokenEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client.ClientId}:{secret}")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = string.Join(' ', client.Scopes),
        });

        using var timeout = new CancellationTokenSource(_timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? Judge(Member(body, "access_token"), client)
                : $"HTTP {(int)response.StatusCode} {Member(body, "error")}".TrimEnd();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }

    /// <summary>A scope that has been removed from its resource server is left out of tokens without a word.</summary>
    private static string? Judge(string? token, ProbedClient client)
    {
        if (string.IsNullOrEmpty(token))
            return "the answer holds no token";

        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]) || Member(Base64Url.DecodeFromChars(parts[1]), "scope") is not { } granted)
            return null;

        var missing = client.Scopes.Except(granted.Split(' '), StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : $"the token lacks {string.Join(", ", missing)}";
    }

    private static string? Member(byte[] json, string name)
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

/// <summary>An app client whose route is tried; the token endpoint is null if the blueprint has no domain.</summary>
internal sealed record ProbedClient(string Name, string ClientId, AppClientRoute Route, IReadOnlyList<string> Scopes, Uri? TokenEndpoint);
