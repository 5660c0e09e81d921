using System.Net.Http.Headers;
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
            : new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Proxy = new EnvironmentProxy() });
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
            return TokenAnswer.FindProblemOfToken(response.ClientAuthenticationResult?.AccessToken, client);
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
            return TokenAnswer.FindProblem(response.StatusCode, body, client, secret);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return TokenAnswer.DescribeNoAnswer(e, client.TokenEndpoint);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer came in time";
        }
    }
}

/// <summary>An app client whose tokens are requested.</summary>
/// <param name="Name">The name in the blueprint.</param>
/// <param name="ClientId">The id.</param>
/// <param name="Route">The routes to try.</param>
/// <param name="Scopes">The scopes that the token must carry.</param>
/// <param name="TokenEndpoint">The token endpoint; null if there is none, or if its host name is not known.</param>
/// <param name="DomainTarget">The host name that the DNS record of a custom domain must point to; null if there is none, or if it is not known.</param>
internal sealed record ProbedClient(string Name, string ClientId, AppClientRoute Route, IReadOnlyList<string> Scopes, Uri? TokenEndpoint, string? DomainTarget = null);
