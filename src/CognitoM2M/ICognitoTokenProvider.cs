using Microsoft.Extensions.Options;

namespace CognitoM2M;

/// <summary>Gives the tokens of app clients: for gRPC, message brokers, SignalR and all else that is not an HttpClient.</summary>
/// <remarks>
/// A service of your own in its place is seen by those who inject it. HttpClients go on using the library's; to stub those, give
/// <see cref="CognitoM2MDiagnostics.TokenHttpClientName"/> a primary handler that answers, or use the emulator.
/// </remarks>
public interface ICognitoTokenProvider
{
    /// <summary>Returns a usable token, fetching one only if none is held. Safe to call for every message: a held token costs nothing.</summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>; case-sensitive, as option names are.</param>
    /// <param name="request">What to ask for instead of the app client's own settings.</param>
    /// <param name="cancellationToken">Ends this caller's wait; a fetch shared with others goes on.</param>
    /// <returns>A token with time left on it. Its renewal may be under way in the background.</returns>
    /// <exception cref="CognitoTokenException">Cognito refused or could not be reached, and no usable token is held.</exception>
    /// <exception cref="OptionsValidationException">No client of that name is registered, or its settings are wrong; all mistakes are listed.</exception>
    ValueTask<CognitoAccessToken> GetTokenAsync(
        string clientName, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default);
}
