using CognitoM2M.Http;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Http;

namespace CognitoM2M.Tests.Http;

/// <summary>The filter finds the handlers of a chain that may change addresses, and tells the token handler.</summary>
public sealed class HandlerChainFilterTests
{
    // Columns: the handlers, of which "token" is the token handler and "other" one of the user's; and the answers.
    [Theory]
    [InlineData("token", false, false)]
    [InlineData("other,token", true, false)]
    [InlineData("token,other", false, true)]
    [InlineData("other,token,other", true, true)]
    public async Task Filter_distinguishes_handlers_before_and_behind_the_token_handler(string handlers, bool isChangedBefore, bool isChangedAfter)
    {
        await using var service = new StubbedService();
        var token = new CognitoTokenHandler(service.Clients.GetClient("orders"));
        using var builder = new ChainBuilder(handlers.Split(',').Select(name => name == "token" ? token : (DelegatingHandler)InlineHandler.CreateRetry()));

        new HandlerChainFilter().Configure(_ => { })(builder);

        Assert.Equal((isChangedBefore, isChangedAfter), (token.Destination.IsChangedBefore, token.Destination.IsChangedAfter));
        Assert.Equal(isChangedAfter, builder.AdditionalHandlers[^1] is OutgoingAddressCheck);
    }

    private sealed class ChainBuilder(IEnumerable<DelegatingHandler> handlers) : HttpMessageHandlerBuilder, IDisposable
    {
        public override string? Name { get; set; }

        public override HttpMessageHandler PrimaryHandler { get; set; } = new SocketsHttpHandler();

        public override IList<DelegatingHandler> AdditionalHandlers { get; } = [.. handlers];

        public override HttpMessageHandler Build() => throw new NotSupportedException("These tests send nothing.");

        public void Dispose() => PrimaryHandler.Dispose();
    }
}
