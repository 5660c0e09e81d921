using Microsoft.Extensions.Options;

namespace CognitoM2M;

/// <summary>
/// Makes handlers that put the token of a registered app client on each request. For libraries that make their HttpClient themselves, such
/// as SignalR, Kiota, RestSharp and Flurl. <c>AddCognitoM2MClient</c> and <c>AddCognitoM2MTokenProvider</c> register the factory. Without a
/// container use <see cref="CognitoM2MClient.CreateHandler"/>.
/// </summary>
public interface ICognitoTokenHandlerFactory
{
    /// <summary>Makes a handler. Make one for each HttpClient, and keep it.</summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>; case-sensitive.</param>
    /// <param name="innerHandler">
    /// Sends the requests; disposed with the handler. By default a new <see cref="SocketsHttpHandler"/> that uses the proxy of the process, but
    /// not for loopback addresses.
    /// </param>
    /// <param name="request">What to request instead of the app client's own settings, such as other scopes; null by default.</param>
    /// <exception cref="ArgumentException">The request forces a refresh. Every call would then fetch a token.</exception>
    /// <exception cref="OptionsValidationException">No app client of this name is registered, or its settings are wrong.</exception>
    DelegatingHandler CreateHandler(string clientName, HttpMessageHandler? innerHandler = null, CognitoTokenRequest? request = null);
}
