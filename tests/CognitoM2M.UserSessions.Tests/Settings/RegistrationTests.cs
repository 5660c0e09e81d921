using System.Buffers.Text;
using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitoM2M.UserSessions.Tests.Settings;

/// <summary>Registration in a container, and the configuration section.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void Every_setting_is_read_from_the_section()
    {
        var options = Read(new()
        {
            ["Region"] = "eu-west-1",
            ["UseFips"] = "true",
            ["ServiceUrl"] = "https://idp.example.com/",
            ["Domain"] = "acme",
            ["DomainUrl"] = "https://auth.example.com/",
            ["PlainHttpHosts"] = "intern",
            ["ClientId"] = "id",
            ["ClientSecret"] = "secret",
            ["CallbackUrls:0"] = "https://app.example.com/callback",
            ["CallbackUrls:1"] = "https://app.example.com/other",
            ["LogoutUrls"] = "https://app.example.com/bye",
            ["ReturnOrigins"] = "https://shop.example.com, https://blog.example.com",
            ["StateKeys:0"] = TestKeys.One,
            ["StateLifetime"] = "00:05:00",
            ["Timeout"] = "00:00:03",
            ["MaxSignInRequestsPerSecond"] = "7",
        });

        Assert.Empty(options.ConfigurationErrors);
        Assert.Equal(("eu-west-1", true, "acme", "id", "secret"), (options.Region, options.UseFips, options.Domain, options.ClientId, options.ClientSecret));
        Assert.Equal(("https://idp.example.com/", "https://auth.example.com/"), (options.ServiceUrl!.AbsoluteUri, options.DomainUrl!.AbsoluteUri));
        Assert.Equal(["intern"], options.PlainHttpHosts);
        Assert.Equal(["https://app.example.com/callback", "https://app.example.com/other"], options.CallbackUrls);
        Assert.Equal(["https://app.example.com/bye"], options.LogoutUrls);
        Assert.Equal(["https://shop.example.com", "https://blog.example.com"], options.ReturnOrigins);
        Assert.Equal([TestKeys.One], options.StateKeys);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(3), 7), (options.StateLifetime, options.Timeout, options.MaxSignInRequestsPerSecond));
    }

    [Fact]
    public void Section_has_a_setting_for_every_option_that_can_be_text()
    {
        string[] notInConfiguration = [nameof(CognitoUserSessionsOptions.StateProtector), nameof(CognitoUserSessionsOptions.HttpMessageHandler)];
        foreach (var setting in typeof(CognitoUserSessionsOptions).GetProperties().Select(property => property.Name))
        {
            var isKnown = !Read(new() { [setting] = "x" }).ConfigurationErrors.Exists(error => error.Contains("is not a setting", StringComparison.Ordinal));
            Assert.Equal(!notInConfiguration.Contains(setting), isKnown);
        }
    }

    [Fact]
    public async Task Host_with_wrong_settings_does_not_start_and_names_all_mistakes()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Users:ClientId"] = "not an id", ["Users:Regoin"] = "eu-west-1" });
        builder.Services.AddCognitoUserSessions(builder.Configuration.GetSection("Users"));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Collection(
            error.Failures.Order(StringComparer.Ordinal),
            failure => Assert.Equal("User sessions (configuration section 'Users'): 'Users:Regoin' is not a setting of user sessions; check its spelling.", failure),
            failure => Assert.Contains("ClientId is not the id of an app client", failure, StringComparison.Ordinal),
            failure => Assert.Contains("Region is missing", failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Registrations_add_up_and_give_one_object()
    {
        var services = new ServiceCollection();
        services.AddCognitoUserSessions(options => options.Region = "eu-west-1");
        services.AddCognitoUserSessions(options => options.ClientId = "id");
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<CognitoUserSessions>(), provider.GetRequiredService<CognitoUserSessions>());
        Assert.Single(provider.GetServices<IValidateOptions<CognitoUserSessionsOptions>>());
    }

    [Fact]
    public void Data_Protection_seals_states()
    {
        var services = new ServiceCollection();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton(provider =>
        {
            var protector = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("user sessions");
            return CognitoStateProtector.Create(protector.Protect, protector.Unprotect);
        });
        services.AddCognitoUserSessions(options => (options.Region, options.ClientId) = ("eu-west-1", "id"));
        using var provider = services.BuildServiceProvider();
        var sessions = provider.GetRequiredService<CognitoUserSessions>();

        var text = sessions.SealChallenge(new CognitoChallenge("SMS_MFA", "ann", "session"));

        Assert.Equal("session", sessions.OpenChallenge(text).Session);
        Assert.Throws<CognitoUserSessionException>(() => sessions.OpenChallenge(text[..^2]));
        // Other data of the same protector.
        foreach (var other in new[] { "other", "{}", "[]", "null" })
        {
            var data = provider.GetRequiredService<ICognitoStateProtector>().Protect(System.Text.Encoding.UTF8.GetBytes(other));
            Assert.Throws<CognitoUserSessionException>(() => sessions.OpenChallenge(Base64Url.EncodeToString(data)));
        }
    }

    [Fact]
    public void Method_that_needs_a_key_or_a_domain_reports_that_it_is_missing()
    {
        using var sessions = new CognitoUserSessions(new CognitoUserSessionsOptions { Region = "eu-west-1", ClientId = "id" });

        Assert.Contains("StateKeys", Assert.Throws<InvalidOperationException>(() => sessions.SealChallenge(new CognitoChallenge("SMS_MFA", "ann", "s"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => sessions.CreateAuthorization(new()));
        Assert.Contains("Domain", Assert.Throws<InvalidOperationException>(() => sessions.CreateLogoutAddress()).Message, StringComparison.Ordinal);
    }

    private static CognitoUserSessionsOptions Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Users:{setting.Key}", setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddCognitoUserSessions(configuration.GetSection("Users"));
        using var provider = services.BuildServiceProvider();
        var options = new CognitoUserSessionsOptions();
        foreach (var configure in provider.GetServices<IConfigureOptions<CognitoUserSessionsOptions>>())
            configure.Configure(options);
        return options;
    }
}
