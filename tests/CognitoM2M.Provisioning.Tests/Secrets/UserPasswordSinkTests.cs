using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

/// <summary>Passwords of technical users in the secrets file.</summary>
public sealed class UserPasswordSinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private static UserCredentials User => new()
    {
        ClientName = "robots",
        ClientId = "abc",
        UserPoolId = "eu-west-1_A",
        Region = "eu-west-1",
        Username = "ann",
        Password = "Pass_word1",
    };

    private string Path => System.IO.Path.Combine(_folder.FullName, "secrets.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Section_holds_what_a_service_needs_to_sign_in()
    {
        await StoreAsync(User);

        Assert.Equal("""{"Route":"UserPassword","Region":"eu-west-1","ClientId":"abc","Username":"ann","Password":"Pass_word1"}""", ReadSection().ToJsonString());
    }

    [Fact]
    public async Task Section_for_an_emulator_has_the_address_of_the_emulator_and_no_region()
    {
        await StoreAsync(User with { TokenEndpoint = new("http://127.0.0.1:9595"), UseFips = true });

        Assert.Equal(
            """{"Route":"UserPassword","TokenEndpoint":"http://127.0.0.1:9595/","ClientId":"abc","Username":"ann","Password":"Pass_word1"}""", ReadSection().ToJsonString());
    }

    [Fact]
    public async Task Settings_without_a_password_keep_the_password_and_everything_else()
    {
        await StoreAsync(User);
        await File.WriteAllTextAsync(Path, (await File.ReadAllTextAsync(Path)).Replace("\"Username\"", "\"BaseAddress\": \"https://api\", \"ClientSecret\": \"s\", \"Username\"", StringComparison.Ordinal));

        await StoreAsync(User with { Username = null, Password = null, UseFips = true });

        Assert.Equal(
            """{"Route":"UserPassword","Region":"eu-west-1","ClientId":"abc","BaseAddress":"https://api","ClientSecret":"s","Username":"ann","Password":"Pass_word1","UseFips":true}""",
            ReadSection().ToJsonString());
    }

    [Fact]
    public async Task Password_of_another_app_client_is_replaced_only_if_the_caller_allows_it()
    {
        await StoreAsync(User);
        var other = User with { ClientId = "xyz", Username = null, Password = null };

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(other));
        Assert.Contains("(abc of user pool eu-west-1_A)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Pass_word1", error.Message, StringComparison.Ordinal);

        await StoreAsync(other with { MayReplaceOther = true });
        Assert.Equal("""{"Route":"UserPassword","Region":"eu-west-1","ClientId":"xyz"}""", ReadSection().ToJsonString());
    }

    [Fact]
    public async Task Sink_that_cannot_store_passwords_refuses_a_password_and_ignores_settings()
    {
        ISecretSink sink = new DelegateSecretSink((_, _) => throw new InvalidOperationException());

        await sink.StoreUserAsync(User with { Username = null, Password = null }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => sink.StoreUserAsync(User, CancellationToken.None).AsTask());

        Assert.DoesNotContain("Pass_word1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_credentials_leaves_the_password_out() => Assert.Equal("ann at robots", User.ToString());

    private async Task StoreAsync(UserCredentials user) => await new FileSecretSink(Path).StoreUserAsync(user, CancellationToken.None);

    private JsonNode ReadSection() => JsonNode.Parse(File.ReadAllText(Path))!["CognitoM2M"]!["Clients"]!["robots"]!;
}
