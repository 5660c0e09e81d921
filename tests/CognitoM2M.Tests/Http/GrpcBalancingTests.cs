using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http
{
    /// <summary>A gRPC channel that balances load resolves the name of the service itself, and tells it in the Host header.</summary>
    public sealed class GrpcBalancingTests
    {
        private const string Resolved = "https://10.0.0.3:8443/orders.Orders/Read";

        [Theory]
        [InlineData("orders", "orders", true)]
        [InlineData("orders:5001", "orders:5001", true)]
        [InlineData("orders", "orders:5001", true)]
        [InlineData("orders:5001", "orders:5002", false)]
        [InlineData("orders", "elsewhere", false)]
        public async Task Allowed_host_names_what_the_channel_was_made_for(string allowedHost, string host, bool isAllowed)
        {
            await using var api = CreateApi(allowedHost);

            var call = api.CallAsync(CreateCall(Resolved, host, "10.0.0.3:8443"));

            if (isAllowed)
                Assert.Equal(HttpStatusCode.OK, await call);
            else
                await Assert.ThrowsAsync<CognitoTokenException>(() => call);
            Assert.Equal(isAllowed ? 1 : 0, api.Calls.Count);
        }

        [Theory]
        // The channel writes the address without brackets.
        [InlineData("https://[2001:db8::3]:8443/orders.Orders/Read", "2001:db8::3:8443", true)]
        [InlineData("https://[2001:db8::4]:8443/orders.Orders/Read", "2001:db8::3:8443", false)]
        public async Task Allowed_host_name_covers_only_the_IPv6_address_that_the_channel_chose(string address, string chosen, bool isAllowed)
        {
            await using var api = CreateApi("orders");

            var call = api.CallAsync(CreateCall(address, "orders", chosen));

            if (isAllowed)
                Assert.Equal(HttpStatusCode.OK, await call);
            else
                await Assert.ThrowsAsync<CognitoTokenException>(() => call);
        }

        [Fact]
        public async Task Name_of_a_host_is_compared_as_the_channel_writes_it()
        {
            await using var api = CreateApi("orders");

            Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateCall("https://b\u00fccher.example:8443/orders.Orders/Read", "orders", "b\u00fccher.example:8443")));
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public async Task Allowed_host_name_covers_the_chosen_address_behind_a_retry_handler_too(bool isOutside)
        {
            Func<DelegatingHandler> retry = () => InlineHandler.CreateRetry();
            await using var api = CreateApi("orders", outside: isOutside ? retry : null, inside: isOutside ? null : retry);
            api.OnCall = _ => new HttpResponseMessage(api.Calls.Count == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);

            Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateCall(Resolved, "orders", "10.0.0.3:8443")));

            Assert.Equal([$"{Resolved} Bearer token-1", $"{Resolved} Bearer token-1"], api.Calls);
        }

        [Theory]
        [InlineData("https://elsewhere.example/steal")]
        [InlineData("https://10.0.0.3:8444/steal")]
        public async Task Address_that_the_channel_did_not_choose_is_not_covered_by_the_name(string address)
        {
            await using var api = CreateApi("orders");

            await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(CreateCall(address, "orders", "10.0.0.3:8443")));

            Assert.Empty(api.Calls);
        }

        [Fact]
        public async Task Resolved_address_without_encryption_needs_a_host_that_accepts_plain_http()
        {
            const string Plain = "http://10.0.0.3:8080/orders.Orders/Read";
            await using var refusing = CreateApi("orders");
            await using var accepting = CreateApi("orders", options => options.PlainHttpHosts = ["orders"]);

            await Assert.ThrowsAsync<CognitoTokenException>(() => refusing.CallAsync(CreateCall(Plain, "orders", "10.0.0.3:8080")));
            await accepting.CallAsync(CreateCall(Plain, "orders", "10.0.0.3:8080"));

            Assert.Empty(refusing.Calls);
            Assert.Single(accepting.Calls);
        }

        private static ApiBehindHandlers CreateApi(
            string allowedHost, Action<CognitoM2MClientOptions>? configure = null, Func<DelegatingHandler>? outside = null, Func<DelegatingHandler>? inside = null) => new(outside, inside, options =>
        {
            options.BaseAddress = null;
            options.AllowedHosts = [allowedHost];
            configure?.Invoke(options);
        });

        /// <summary>Makes a message as Grpc.Net.Client hands it to the handlers of a channel with load balancing.</summary>
        private static HttpRequestMessage CreateCall(string address, string host, string chosenAddress)
        {
            var call = new HttpRequestMessage(HttpMethod.Post, address);
            call.Headers.TryAddWithoutValidation("Host", host);
            call.Options.Set(new HttpRequestOptionsKey<object>("CurrentAddress"), new Grpc.Net.Client.Balancer.BalancerAddress(chosenAddress));
            return call;
        }
    }
}

namespace Grpc.Net.Client.Balancer
{
    /// <summary>Stands for the type of this name in Grpc.Net.Client.</summary>
    internal sealed class BalancerAddress(string text)
    {
        public override string ToString() => text;
    }
}
