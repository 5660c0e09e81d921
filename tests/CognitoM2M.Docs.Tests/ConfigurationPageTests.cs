using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.JwtBearer;
using CognitoM2M.Testing;
using CognitoM2M.UserSessions;
using CognitoM2M.Verification;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Docs.Tests;

/// <summary>docs/configuration.md has every setting, with its type, its default, and an example that the code accepts.</summary>
public sealed class ConfigurationPageTests
{
    private const string Clients = "CognitoM2M:Clients:<name>";
    private const string Scheme = "Authentication:Schemes:CognitoM2M";
    private const string Bearer = "Authentication:Schemes:Bearer";
    private const string Sessions = "CognitoM2M:UserSessions";

    // Holds further settings, which the page has.
    private static readonly string[] _notOnThePage = ["Verification"];

    public static TheoryData<string, string> Settings
    {
        get
        {
            var settings = new TheoryData<string, string>();
            foreach (var section in new[] { Clients, Scheme, Bearer, Sessions })
            {
                foreach (var setting in ConfigurationPage.ReadSettings(section))
                    settings.Add(section, setting.Key);
            }

            return settings;
        }
    }

    [Theory]
    [InlineData(Clients)]
    [InlineData(Scheme)]
    [InlineData(Sessions)]
    public void Page_names_every_property_of_the_options(string section)
    {
        var named = ConfigurationPage.ReadSettings(section).Select(setting => setting.Key)
            .Concat(ConfigurationPage.ReadPropertiesInCode(section).Keys.Select(name => name.Split('.')[^1]));

        Assert.Equal(
            ListProperties(section).Select(property => property.Name).Except(_notOnThePage).Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_names_every_property_that_UseCognitoM2M_adds()
    {
        var ofTheScheme = ListProperties(Scheme).Select(property => property.Name);

        Assert.Equal(
            ListProperties(Bearer).Select(property => property.Name).Except(ofTheScheme),
            ConfigurationPage.ReadSettings(Bearer).Select(setting => setting.Key));
    }

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void Page_shows_the_type_and_the_default_of_the_property(string section, string key)
    {
        var setting = Find(section, key);
        var property = ListProperties(section).Single(candidate => candidate.Name == key);

        Assert.Equal(DescribeType(property.PropertyType), setting.Type);
        Assert.True(IsDefault(setting.Default, Read(CreateOptions(section), property)), $"{key}: {setting.Default}");
    }

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void Example_on_the_page_is_read_and_differs_from_the_default(string section, string key)
    {
        var setting = Find(section, key);
        var property = ListProperties(section).Single(candidate => candidate.Name == key);

        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting.Path, setting.Example)]).Build();
        var options = ReadOptions(section, configuration, out var failures);

        Assert.DoesNotContain(failures, failure => failure.Contains(setting.Path, StringComparison.Ordinal));
        Assert.False(IsDefault(setting.Default, Read(options, property)), $"{key}: {setting.Example} has no effect.");
    }

    [Theory]
    [InlineData("Verification.TenantLifetime")]
    [InlineData("Verification.UnknownTenantLifetime")]
    [InlineData("Verification.MaxTenants")]
    public void Default_of_a_property_in_code_is_on_the_page(string name)
    {
        var property = ListProperties(Scheme).Single(candidate => candidate.Name == name.Split('.')[^1]);

        Assert.True(IsDefault(ConfigurationPage.ReadPropertiesInCode(Scheme)[name], Read(CreateOptions(Scheme), property)));
    }

    [Theory]
    [InlineData(Clients, "CognitoM2M:Clients:orders:Scopes", "Scopes")]
    [InlineData(Scheme, "Authentication:Schemes:CognitoM2M:ClientIds", "ClientIds")]
    public void List_in_one_text_replaces_an_array_of_an_earlier_source(string section, string path, string key)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{path}:0", "first/aws"), new($"{path}:1", "second/aws")])
            .AddInMemoryCollection([new(path, "local/development")])
            .Build();

        var options = ReadOptions(section, configuration, out _);

        Assert.Equal(["local/development"], (IEnumerable<string>)Read(options, ListProperties(section).Single(property => property.Name == key))!);
    }

    [Fact]
    public void Smallest_configuration_on_the_page_is_accepted()
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(ConfigurationPage.FindFirstJson()));
        var configuration = new ConfigurationBuilder().AddJsonStream(json)
            .AddInMemoryCollection([new("CognitoM2M:Clients:orders:ClientSecret", "local_development_secret_1")])
            .Build();

        ReadOptions(Clients, configuration, out var clientFailures);
        ReadOptions(Scheme, configuration, out var schemeFailures);

        Assert.Empty(clientFailures);
        Assert.Empty(schemeFailures);
    }

    [Fact]
    public void Environment_variables_in_all_pages_and_samples_are_settings()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(Checkout.Root(), "docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Checkout.Root(), "samples/Compose"), "*.env"),
        ];
        var settings = new[] { Clients, Scheme, Bearer, Sessions }
            .SelectMany(section => ConfigurationPage.ReadSettings(section)).Select(setting => setting.Key).ToHashSet(StringComparer.Ordinal);

        var named = files.SelectMany(file => ConfigurationPage.FindEnvironmentVariables(File.ReadAllText(file)).Select(key => (File: Path.GetFileName(file), key))).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, variable => !settings.Contains(variable.key));
    }

    private static DocumentedSetting Find(string section, string key) => ConfigurationPage.ReadSettings(section).Single(setting => setting.Key == key);

    private static object CreateOptions(string section) => section switch
    {
        Clients => new CognitoM2MClientOptions(),
        Scheme => new CognitoM2MAuthenticationOptions(),
        Bearer => new CognitoM2MJwtBearerOptions(),
        _ => new CognitoUserSessionsOptions(),
    };

    private static IEnumerable<PropertyInfo> ListProperties(string section)
    {
        var own = CreateOptions(section).GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        return section is Scheme or Bearer ? own.UnionBy(typeof(CognitoAccessTokenVerifierOptions).GetProperties(), property => property.Name) : own;
    }

    private static object? Read(object options, PropertyInfo property) => property.DeclaringType!.IsInstanceOfType(options)
        ? property.GetValue(options)
        : property.GetValue(options is CognitoM2MAuthenticationOptions scheme ? scheme.Verification : ((CognitoM2MJwtBearerOptions)options).Verification);

    private static string DescribeType(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "whole number",
        _ when type == typeof(double) => "number",
        _ when type == typeof(TimeSpan) => "time span",
        _ when type == typeof(Uri) => "address",
        _ when type == typeof(IList<string>) => "list",
        _ when type == typeof(IList<TrustedUserPool>) => "list of user pools",
        _ when type == typeof(IDictionary<string, string>) => "names and values",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))}",
        _ => throw new NotSupportedException($"The page has no words for {type}."),
    };

    private static bool IsDefault(string text, object? value) => value switch
    {
        null => text is "none" or "required",
        string { Length: > 0 } word => text == word,
        TimeSpan span => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed) && parsed == span,
        bool flag => text == (flag ? "true" : "false"),
        IEnumerable items => text == "empty" && !items.Cast<object>().Any(),
        _ => text == string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    /// <summary>Reads settings as a host does. Required settings may be missing. The failures then say so.</summary>
    private static object ReadOptions(string section, IConfiguration configuration, out IReadOnlyList<string> failures)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        switch (section)
        {
            case Clients: services.AddCognitoM2MClients(configuration); break;
            case Scheme: services.AddAuthentication().AddCognitoM2M(); break;
            case Bearer: services.AddAuthentication().AddJwtBearer().UseCognitoM2M(); break;
            default: services.AddCognitoUserSessions(configuration.GetSection(Sessions)); break;
        }

        using var provider = services.BuildServiceProvider();
        return section switch
        {
            Clients => ReadOptions<CognitoM2MClientOptions>(provider, "orders", out failures),
            Scheme => ReadOptions<CognitoM2MAuthenticationOptions>(provider, "CognitoM2M", out failures),
            Bearer => ReadOptions<CognitoM2MJwtBearerOptions>(provider, "Bearer", out failures),
            _ => ReadOptions<CognitoUserSessionsOptions>(provider, Options.DefaultName, out failures),
        };
    }

    private static TOptions ReadOptions<TOptions>(IServiceProvider services, string name, out IReadOnlyList<string> failures)
        where TOptions : class, new()
    {
        var options = new TOptions();
        foreach (var setup in services.GetServices<IConfigureOptions<TOptions>>())
        {
            if (setup is IConfigureNamedOptions<TOptions> named)
                named.Configure(name, options);
            else if (name == Options.DefaultName)
                setup.Configure(options);
        }

        failures = [.. services.GetServices<IValidateOptions<TOptions>>().SelectMany(validator => validator.Validate(name, options).Failures ?? [])];
        return options;
    }
}
