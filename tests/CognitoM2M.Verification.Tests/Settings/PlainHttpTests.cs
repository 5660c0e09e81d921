using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Settings;

/// <summary>Keys may be downloaded over plain http from hosts that the user named one by one.</summary>
public sealed class PlainHttpTests
{
    private const string Issuer = "http://cognito:9229/eu-west-1_AbCdEf123";

    [Theory]
    [InlineData("cognito")]
    [InlineData("cognito:9229")]
    [InlineData("COGNITO")]
    public void Issuer_and_key_set_may_use_plain_http_with_a_host_that_is_named(string host)
    {
        Assert.Empty(Create(host).Validate());
        Assert.Empty(Create(host, "http://cognito:9229/keys").Validate());
    }

    [Theory]
    [InlineData("cognito:80")]
    [InlineData("other")]
    [InlineData("cognito.example")]
    public void Every_other_host_needs_https(string host)
    {
        Assert.Contains("add 'cognito:9229' to PlainHttpHosts.", Assert.Single(Create(host).Validate()), StringComparison.Ordinal);
        Assert.Equal(2, Create(host, "http://cognito:9229/keys").Validate().Count);
    }

    [Fact]
    public async Task Keys_are_downloaded_from_the_host_and_one_warning_names_it()
    {
        using var server = new KeySetServer(TestKey.CreateKeySet(TestKey.Access));
        using var log = new LogRecorder();
        var options = Create("cognito");
        options.UserPools.Add(new TrustedUserPool { Issuer = "http://cognito:9229/eu-west-1_Another", AllowAnyClient = true });
        options.UserPools.Add(new TrustedUserPool { Issuer = "http://127.0.0.1:9229/eu-west-1_Loopback", AllowAnyClient = true });
        using var verifier = new CognitoAccessTokenVerifier(options, log, server.CreateClient);

        Assert.True(await verifier.LoadKeysAsync());

        Assert.Contains(new Uri($"{Issuer}/.well-known/jwks.json"), server.Addresses);
        Assert.Contains("Keys are downloaded from cognito:9229 over plain http", Assert.Single(log.Find(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_over_plain_http_are_not_downloaded_through_the_proxy_of_the_environment()
    {
        var proxy = new AskedProxy();
        HttpClient.DefaultProxy = proxy;
        var options = Create("keys.invalid");
        options.UserPools = [new TrustedUserPool { Issuer = "http://keys.invalid/eu-west-1_AbCdEf123", AllowAnyClient = true }];
        using var verifier = new CognitoAccessTokenVerifier(options);

        Assert.False(await verifier.LoadKeysAsync());

        Assert.DoesNotContain("keys.invalid", proxy.Hosts);
    }

    private static CognitoAccessTokenVerifierOptions Create(string host, string? jwksUri = null) => new()
    {
        UserPools = [new TrustedUserPool { Issuer = Issuer, AllowAnyClient = true, JwksUri = jwksUri is null ? null : new Uri(jwksUri) }],
        PlainHttpHosts = [host],
    };

    /// <summary>Stands for a proxy that the environment names. Records the hosts that it is asked for. No request to these hosts goes through the proxy.</summary>
    private sealed class AskedProxy : IWebProxy
    {
        public ConcurrentQueue<string> Hosts { get; } = new();

        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination)
        {
            Hosts.Enqueue(destination.Host);
            return null;
        }

        public bool IsBypassed(Uri host) => GetProxy(host) is null;
    }
}
