using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Settings;

/// <summary>A client name that is not registered is an error. The name may come from a request, so the error shows it with care.</summary>
public sealed class UnknownClientTests
{
    [Fact]
    public void Error_names_no_other_client()
    {
        using var services = new ServiceCollection().AddCognitoM2MClient("tenant-acme", _ => { }).Services
            .AddCognitoM2MClient("tenant-globex", _ => { }).Services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("order"));

        Assert.StartsWith("Client 'order': no app client of this name is registered.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("globex", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_shows_the_name_without_control_characters_and_shortened()
    {
        using var services = new ServiceCollection().AddCognitoM2MTokenProvider().BuildServiceProvider();
        var options = services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>();

        var forged = Assert.Throws<OptionsValidationException>(() => options.Get("x\r\nerror: \u001b[31m\u2028forged"));
        var large = Assert.Throws<OptionsValidationException>(() => options.Get(new string('n', 100_000)));

        Assert.StartsWith("Client 'x??error: ?[31m?forged': ", forged.Message, StringComparison.Ordinal);
        Assert.InRange(large.Message.Length, 100, 500);
    }

    [Fact]
    public async Task Token_handler_for_an_unknown_client_is_reported_when_the_host_starts()
    {
        var builder = new HostBuilder();
        builder.ConfigureServices(services => services.AddHttpClient("api").AddCognitoM2MToken("orderz"));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("'orderz'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_throws_for_an_unknown_client_and_sends_no_token_request()
    {
        await using var service = new StubbedService();

        await Assert.ThrowsAsync<OptionsValidationException>(async () => await service.Provider.GetTokenAsync("nobody"));
        await Assert.ThrowsAsync<OptionsValidationException>(async () => await service.Provider.GetTokenAsync("nobody"));

        Assert.Equal(0, service.TokenRequests);
    }
}
