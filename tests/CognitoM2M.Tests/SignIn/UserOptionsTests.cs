using CognitoM2M.Settings;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.SignIn;

/// <summary>The settings of a client that signs a user in.</summary>
public sealed class UserOptionsTests
{
    [Fact]
    public void Section_sets_every_property_of_a_user()
    {
        var options = Read(new()
        {
            ["Route"] = "UserPassword",
            ["Region"] = "eu-west-1",
            ["ClientId"] = "abc123",
            ["Username"] = "robot",
            ["Password"] = "Secret1!",
            ["TokenKind"] = "Id",
            ["RevokeRefreshTokenOnDispose"] = "true",
            ["AllowAnyHost"] = "true",
        });

        Assert.Equal(
            (CognitoTokenRoute.UserPassword, "robot", "Secret1!", CognitoTokenKind.Id, true),
            (options.Route, options.Username, options.Password, options.TokenKind, options.RevokeRefreshTokenOnDispose));
    }

    [Fact]
    public void Section_takes_the_password_from_a_file() => Assert.Equal("/run/secrets/password", Read(new()
    {
        ["Route"] = "UserPassword",
        ["Region"] = "eu-west-1",
        ["ClientId"] = "abc123",
        ["Username"] = "robot",
        ["PasswordFile"] = "/run/secrets/password",
        ["AllowAnyHost"] = "true",
    }).PasswordFile);

    [Theory]
    [InlineData("")]
    [InlineData("client secret")]
    [InlineData("client secret file")]
    [InlineData("endpoint")]
    [InlineData("metadata")]
    [InlineData("password of 256 characters")]
    [InlineData("password with a space inside")]
    [InlineData("username of 128 characters")]
    [InlineData("e-mail address")]
    [InlineData("umlauts")]
    public void Valid_settings_are_accepted(string change) => Assert.Empty(Validate(options =>
    {
        switch (change)
        {
            case "client secret": options.ClientSecret = "secret"; break;
            case "client secret file": options.ClientSecretFile = "/run/secrets/client"; break;
            case "endpoint": (options.Region, options.TokenEndpoint) = (null, new Uri("http://127.0.0.1:9595/")); break;
            case "metadata": options.ClientMetadata["tenant"] = "acme"; break;
            case "password of 256 characters": options.Password = new string('p', 256); break;
            case "password with a space inside": options.Password = "correct horse"; break;
            case "username of 128 characters": options.Username = new string('u', 128); break;
            case "e-mail address": options.Username = "robot+1@example.com"; break;
            case "umlauts": (options.Username, options.Password) = ("jürgen", "pässwörd"); break;
        }
    }));

    [Theory]
    [InlineData("no username", "Username is missing")]
    [InlineData("username with a space", "Username is not the name of a user")]
    [InlineData("username with a line break", "Username is not the name of a user")]
    [InlineData("username of 129 characters", "Username is not the name of a user")]
    [InlineData("no password", "Password is missing. Set it, or set PasswordFile or PasswordSource.")]
    [InlineData("two passwords", "More than one of Password, PasswordFile and PasswordSource is set")]
    [InlineData("empty password file", "PasswordFile is empty")]
    [InlineData("password with a line break", "Password has a line break")]
    [InlineData("password with a space at its end", "Password has a line break or another control character, or begins or ends with a space")]
    [InlineData("password of 257 characters", "Password is longer than 256 characters")]
    [InlineData("two client secrets", "More than one of ClientSecret, ClientSecretFile and ClientSecretSource is set")]
    [InlineData("malformed client secret", "ClientSecret has a space")]
    [InlineData("no region", "The route UserPassword needs Region or TokenEndpoint")]
    [InlineData("domain", "the route UserPassword does not use a domain")]
    [InlineData("scopes", "Scopes are set, but the token of a user")]
    [InlineData("token kind", "TokenKind must be Access or Id")]
    public void Contradiction_is_reported(string change, string expected)
    {
        var failures = Validate(options =>
        {
            switch (change)
            {
                case "no username": options.Username = ""; break;
                case "username with a space": options.Username = "ro bot"; break;
                case "username with a line break": options.Username = "robot\n"; break;
                case "username of 129 characters": options.Username = new string('u', 129); break;
                case "no password": options.Password = ""; break;
                case "two passwords": options.PasswordFile = "file"; break;
                case "empty password file": (options.Password, options.PasswordFile) = (null, ""); break;
                case "password with a line break": options.Password = "mark\nof"; break;
                case "password with a space at its end": options.Password = "mark-of-a-password "; break;
                case "password of 257 characters": options.Password = new string('p', 257); break;
                case "two client secrets": (options.ClientSecret, options.ClientSecretFile) = ("secret", "file"); break;
                case "malformed client secret": options.ClientSecret = "mark of"; break;
                case "no region": options.Region = null; break;
                case "domain": options.Domain = "acme-m2m"; break;
                case "scopes": options.Scopes = ["orders/read"]; break;
                case "token kind": options.TokenKind = (CognitoTokenKind)7; break;
            }
        });

        var failure = Assert.Single(failures);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("mark", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(CognitoM2MClientOptions.Username))]
    [InlineData(nameof(CognitoM2MClientOptions.Password))]
    [InlineData(nameof(CognitoM2MClientOptions.PasswordFile))]
    [InlineData(nameof(CognitoM2MClientOptions.PasswordSource))]
    [InlineData(nameof(CognitoM2MClientOptions.TokenKind))]
    [InlineData(nameof(CognitoM2MClientOptions.RevokeRefreshTokenOnDispose))]
    public void Setting_of_a_user_is_refused_on_the_route_of_a_machine(string setting)
    {
        var failures = Validate(options =>
        {
            options.Route = CognitoTokenRoute.GetClientToken;
            options.ClientSecret = "secret";
            (options.Username, options.Password) = (null, null);
            switch (setting)
            {
                case nameof(CognitoM2MClientOptions.Username): options.Username = "robot"; break;
                case nameof(CognitoM2MClientOptions.Password): options.Password = "password"; break;
                case nameof(CognitoM2MClientOptions.PasswordFile): options.PasswordFile = "file"; break;
                case nameof(CognitoM2MClientOptions.PasswordSource): options.PasswordSource = CognitoSecretSource.FromFile("file"); break;
                case nameof(CognitoM2MClientOptions.TokenKind): options.TokenKind = CognitoTokenKind.Id; break;
                default: options.RevokeRefreshTokenOnDispose = true; break;
            }
        });

        Assert.Equal([$"Client 'abc123': {setting}: used on the route UserPassword only, and Route is GetClientToken. Set Route to UserPassword, or remove what belongs to a user."], failures);
    }

    [Fact]
    public void Cost_metrics_count_nothing_for_a_sign_in()
    {
        var options = new CognitoM2MClientOptions { Region = "eu-west-1", ClientId = "abc123", UsdPerTokenRequest = 1 };
        StubbedUser.UseUser(options);

        Assert.Equal(0, new AppClientSettings("orders", options).Limits.UsdPerTokenRequest);
    }

    private static CognitoM2MClientOptions Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"robots:{pair.Key}", pair.Value))).Build();
        using var services = new ServiceCollection().AddCognitoM2MClient("robots", configuration.GetSection("robots")).Services.BuildServiceProvider();
        return services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("robots");
    }

    private static IEnumerable<string> Validate(Action<CognitoM2MClientOptions> change)
    {
        var options = new CognitoM2MClientOptions { Region = "eu-west-1", ClientId = "abc123" };
        StubbedUser.UseUser(options);
        change(options);
        try
        {
            new CognitoM2MClient(options).Dispose();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
    }
}
