using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The request of an app client for a token of its own, over either route of machines.</summary>
internal sealed class ClientCredentialsRequest(
    TokenRoute route, AppClientSettings settings, string secret, string scopes, string metadata, TokenFailureFactory failures) : TokenRequest
{
    public override HttpRequestMessage CreateMessage() => route.CreateRequest(settings, secret, scopes, metadata);

    public override FetchOutcome ReadAnswer(HttpResponseMessage response, JsonElement body, SentAt sent)
    {
        var token = route.ReadToken(body);
        var lifetime = TokenLifetime.Cap(token.Lifetime);
        return new IssuedToken(new CognitoAccessToken(token.AccessToken, sent.Utc + lifetime, GrantedScopes.Read(token.AccessToken, scopes)), sent.Elapsed, lifetime);
    }

    public override TokenFailure ReadFailure(HttpResponseMessage response, JsonElement? body, DateTimeOffset now) =>
        failures.Answered(response, route.ReadError(response, body), now, secret);
}

/// <summary>Requests tokens for one set of scopes and metadata with the secret of an app client.</summary>
internal sealed class ClientCredentialsRequester(AppClientSettings settings, string scopes, string metadata, TokenRequestSender sender) : ITokenRequester
{
    private readonly TokenRoute _route = TokenRoute.Find(settings.Route);

    public Task<FetchOutcome> RequestAsync(string secret, FetchOrder order) =>
        sender.SendAsync(new ClientCredentialsRequest(_route, settings, secret, scopes, metadata, sender.Failures), order);
}
