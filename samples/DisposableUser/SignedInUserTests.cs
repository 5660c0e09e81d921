using CognitoM2M;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DisposableUser;

/// <summary>Tests of a service whose callers are technical users. They run against a real user pool, with a user who exists only for this run.</summary>
public sealed class SignedInUserTests
{
    // The settings file that 'cognito-m2m apply' writes, and above it the user name and the password that 'cognito-m2m with-user' sets.
    private static readonly IConfiguration _settings = new ConfigurationBuilder()
        .AddJsonFile(Environment.GetEnvironmentVariable("SETTINGS_FILE") ?? "settings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();

    [DisposableUserFact]
    public async Task User_signs_in_with_the_password()
    {
        var token = await GetTokenAsync(_settings);

        Assert.Equal(["aws.cognito.signin.user.admin"], token.Scopes);
    }

    [DisposableUserFact]
    public async Task Another_password_is_refused()
    {
        var wrong = new ConfigurationBuilder()
            .AddConfiguration(_settings)
            .AddInMemoryCollection([new("CognitoM2M:Clients:robots:Password", "Another-password-1")])
            .Build();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => GetTokenAsync(wrong));

        Assert.Equal("NotAuthorizedException", failure.Error);
    }

    private static async Task<CognitoAccessToken> GetTokenAsync(IConfiguration settings)
    {
        await using var services = new ServiceCollection().AddCognitoM2MClients(settings).BuildServiceProvider();
        return await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("robots");
    }
}
