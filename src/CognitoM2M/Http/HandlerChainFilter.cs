using CognitoM2M.Shared;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Logging;

namespace CognitoM2M.Http;

/// <summary>
/// Looks at each handler chain that IHttpClientFactory has put together. If other handlers stand around the token handler, they may change
/// addresses: service discovery does. The address of the caller is then recorded, and the address that the message goes to is checked.
/// If the user gave no primary handler, the one of the factory gets a proxy that reads no tokens.
/// </summary>
/// <remarks>This filter is the first of all, so that it sees what the other filters added.</remarks>
internal sealed class HandlerChainFilter : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        var madeByFactory = builder.PrimaryHandler;
        next(builder);

        var handlers = builder.AdditionalHandlers;
        if (handlers.OfType<CognitoTokenHandler>().FirstOrDefault() is not { } tokenHandler)
            return;

        var destination = tokenHandler.Destination;
        var position = handlers.IndexOf(tokenHandler);
        destination.IsChangedBefore = handlers.Take(position).Any(MayChangeAddresses);
        destination.IsChangedAfter = handlers.Skip(position + 1).Any(MayChangeAddresses);
        if (destination.IsChangedBefore || destination.IsChangedAfter)
            PutRecorders(handlers, destination);
        if (destination.IsChangedAfter)
            handlers.Add(new OutgoingAddressCheck(destination));
        // A handler of the user may be shared with other HttpClients, and is not changed.
        if (ReferenceEquals(builder.PrimaryHandler, madeByFactory) && madeByFactory is SocketsHttpHandler { Proxy: null } sockets)
            sockets.Proxy = new EnvironmentProxy(destination.AcceptsPlainHttp);
    };

    private static void PutRecorders(IList<DelegatingHandler> handlers, CallDestination destination)
    {
        for (var position = handlers.Count; position > 0; position--)
        {
            if (MayChangeAddresses(handlers[position - 1]))
                handlers.Insert(position, new AddressRecorder(destination, position));
        }

        handlers.Insert(0, new AddressRecorder(destination, position: 0));
    }

    // The handlers that IHttpClientFactory itself adds to every chain read addresses and nothing else.
    private static bool MayChangeAddresses(DelegatingHandler handler) =>
        handler is not (LoggingScopeHttpMessageHandler or LoggingHttpMessageHandler or CognitoTokenHandler);
}
