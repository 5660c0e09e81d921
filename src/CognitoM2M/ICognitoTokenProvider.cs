using Microsoft.Extensions.Options;

namespace CognitoM2M;

/// <summary>Gives the tokens of app clients to everything that is not an HttpClient: gRPC, message brokers, SignalR.</summary>
/// <remarks>
/// A registration of your own replaces this service for code that injects it. HttpClients keep using the provider of this library. To stub
/// them in tests, give the HttpClient <see cref="CognitoM2MDiagnostics.TokenHttpClientName"/> a primary handler, or use the emulator.
/// </remarks>
public interface ICognitoTokenProvider
{
    /// <summary>Returns a usable token. A token is fetched only if none is held, so this can be called for every message.</summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>; case-sensitive, as option names are.</param>
    /// <param name="cancellationToken">Ends the wait of this caller. The fetch, which callers share, goes on.</param>
    /// <returns>A token with time left. Its renewal may be in flight in the background.</returns>
    /// <exception cref="CognitoTokenException">Cognito refused or could not be reached, and no usable token is held.</exception>
    /// <exception cref="OptionsValidationException">No client of this name is registered, or its settings are wrong. All errors are listed.</exception>
    ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CancellationToken cancellationToken = default);

    /// <summary>Returns a usable token for a request with other scopes or metadata than the client's own, or a token that is newly obtained.</summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>; case-sensitive, as option names are.</param>
    /// <param name="request">What to request instead of the client's own settings; <see langword="null"/> for the client's own settings.</param>
    /// <param name="cancellationToken">Ends the wait of this caller. The fetch, which callers share, goes on.</param>
    /// <inheritdoc cref="GetTokenAsync(string, CancellationToken)" path="/*[not(self::summary or self::param)]"/>
    ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CognitoTokenRequest? request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reports that a receiver rejected a token (HTTP 401, gRPC <c>Unauthenticated</c>), and returns another one to try again with. HttpClients
    /// that carry a token do this by themselves.
    /// </summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>.</param>
    /// <param name="rejectedToken">The token that was rejected.</param>
    /// <param name="request">The request that the token was obtained with, if there was one.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>
    /// A newer token if one is held already, else a newly obtained one; <see langword="null"/> if there is none now. Then do not try again:
    /// Cognito cannot be reached, or a token was replaced less than 30 seconds ago and the receiver rejects the new token, too.
    /// </returns>
    /// <remarks>Reports cost at most one token request in 30 seconds, however many callers report.</remarks>
    /// <exception cref="OptionsValidationException">No client of this name is registered, or its settings are wrong. All errors are listed.</exception>
    ValueTask<CognitoAccessToken?> ReplaceRejectedTokenAsync(
        string clientName, CognitoAccessToken rejectedToken, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default);
}
