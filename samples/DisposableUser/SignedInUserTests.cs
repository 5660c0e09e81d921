using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace DisposableUser;

/// <summary>Tests of a service whose callers are technical users. They run against a real user pool, with a user who exists only for this run.</summary>
public sealed class SignedInUserTests
{
    // The settings file that 'cognito-m2m apply' writes, and above it the user name and the password that 'cognito-m2m with-user' sets.
    private static readonly IConfiguration _robots = new ConfigurationBuilder()
        .AddJsonFile(Environment.GetEnvironmentVariable("SETTINGS_FILE") ?? "settings.json", optional: true)
        .AddEnvironmentVariables()
        .Build()
        .GetSection("CognitoM2M:Clients:robots");

    [DisposableUserFact]
    public async Task User_signs_in_with_the_password()
    {
        var answer = await SignInAsync(_robots["Password"]);

        Assert.NotEmpty(answer.GetProperty("AuthenticationResult").GetProperty("AccessToken").GetString()!);
    }

    [DisposableUserFact]
    public async Task Another_password_is_refused()
    {
        var answer = await SignInAsync($"{_robots["Password"]}x");

        Assert.Equal("NotAuthorizedException", answer.GetProperty("__type").GetString());
    }

    private static async Task<JsonElement> SignInAsync(string? password)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _robots["TokenEndpoint"] ?? $"https://cognito-idp.{_robots["Region"]}.amazonaws.com/");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth");
        request.Content = JsonContent.Create(
            new
            {
                ClientId = _robots["ClientId"],
                AuthFlow = "USER_PASSWORD_AUTH",
                AuthParameters = new { USERNAME = _robots["Username"], PASSWORD = password },
            },
            new MediaTypeHeaderValue("application/x-amz-json-1.1"),
            JsonSerializerOptions.Default);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
