using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Settings;

/// <summary>Warnings of settings that are allowed and dangerous.</summary>
public sealed class SettingsWarningsTests : IDisposable
{
    private readonly LogRecorder _log = new();
    private readonly SettingsWarnings _warnings;

    public SettingsWarningsTests() => _warnings = new SettingsWarnings(_log);

    private int Count => _log.Find(LogLevel.Warning).Count;

    [Fact]
    public void Host_in_both_plain_http_lists_causes_one_warning_for_each_list()
    {
        var settings = Create(options =>
        {
            options.TokenEndpoint = new Uri("http://gateway:8080/oauth2/token");
            options.PlainHttpTokenEndpointHosts = ["gateway:8080"];
            options.PlainHttpHosts = ["gateway:8080"];
        });

        _warnings.WarnOfPlainHttp(settings);
        _warnings.WarnOfPlainHttp(settings);

        Assert.Equal(2, Count);
    }

    [Fact]
    public void Https_address_causes_no_warning()
    {
        _warnings.WarnOfPlainHttp(Create());

        Assert.Equal(0, Count);
    }

    [Fact]
    public void Missing_restriction_is_logged_once()
    {
        _warnings.WarnOfMissingRestriction(Create());
        _warnings.WarnOfMissingRestriction(Create());
        _warnings.WarnOfMissingRestriction(Create(options => options.AllowAnyHost = true));

        Assert.Equal(1, Count);
    }

    [Fact]
    public void Memory_is_bounded()
    {
        _warnings.WarnOfPlainHttp(Create(options => options.PlainHttpHosts = [.. Enumerable.Range(0, 10_001).Select(host => $"host{host}")]));

        Assert.Equal(10_000, Count);
    }

    public void Dispose() => _log.Dispose();

    private static AppClientSettings Create(Action<CognitoM2MClientOptions>? change = null)
    {
        var options = new CognitoM2MClientOptions { TokenEndpoint = new Uri(StubbedService.TokenEndpoint), ClientId = "abc123", ClientSecret = StubbedService.Secret };
        change?.Invoke(options);
        return new AppClientSettings("orders", options);
    }
}
