using CognitoM2M.Cli.Doctor;
using CognitoM2M.Cli.Tests.Running;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>What <c>doctor</c> takes out of its texts, whatever they came from.</summary>
public sealed class RedactionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("Passw0", "echoed xPassw0y", "echoed x[password]y")]
    [InlineData("Passw", "Passw is no password that Cognito accepts", "Passw is no password that Cognito accepts")]
    public void Password_is_replaced_if_it_is_as_long_as_Cognito_wants(string password, string text, string shown) =>
        Assert.Equal(shown, Redact(text, new() { Password = password }));

    [Fact]
    public void Values_of_files_are_replaced()
    {
        var (secretPath, passwordPath) = (Path.Combine(_folder.FullName, "secret"), Path.Combine(_folder.FullName, "password"));
        File.WriteAllText(secretPath, "SecretOfTheFile0123456789\n");
        File.WriteAllText(passwordPath, "pa55word\n");

        var shown = Redact(
            "xSecretOfTheFile0123456789 pa55word", new() { ClientSecretFile = secretPath, PasswordFile = passwordPath });

        Assert.Equal("x[secret] [password]", shown);
    }

    [Fact]
    public void File_that_is_missing_hides_nothing() =>
        Assert.Equal("a text", Redact("a text", new() { PasswordFile = Path.Combine(_folder.FullName, "none") }));

    [LinuxTheory]
    [InlineData("mkfifo")]
    public async Task Pipe_is_not_read_a_second_time(string command)
    {
        var path = Path.Combine(_folder.FullName, "pipe");
        using (var made = System.Diagnostics.Process.Start(command, [path]))
            await made.WaitForExitAsync();

        // A read of the pipe would wait for ever, because nobody writes to it.
        var shown = await Task.Run(() => Redact("a text", new() { PasswordFile = path })).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("a text", shown);
    }

    [Fact]
    public void Secrets_of_environment_variables_are_replaced()
    {
        _variables["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG";
        _variables["https_proxy"] = "http://ann:pr%40xy12@proxy.example:3128";

        Assert.Equal(
            "[secret] [secret] [password] [password] proxy.example", Redact("wJalrXUtnFEMI/K7MDENG wJalrXUtnFEMI%2FK7MDENG pr@xy12 pr%40xy12 proxy.example", new()));
    }

    [Fact]
    public void Secret_that_contains_another_is_replaced_as_a_whole() =>
        Assert.Equal("[secret]", Redact("begin-pa55word-end", new() { ClientSecret = "begin-pa55word-end", Password = "pa55word" }));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Redact(string text, CognitoM2MClientOptions settings)
    {
        using var input = new StringReader("");
        var host = new ToolHost { Terminal = null!, Variables = _variables, Input = input };
        using var examination = new Examination(host, _ => throw new InvalidOperationException("The settings are not read."));
        var secrets = new KnownSecrets(host);
        secrets.Add(settings);
        return new Redaction(examination, secrets, showsFullIds: true).Apply(text);
    }
}
