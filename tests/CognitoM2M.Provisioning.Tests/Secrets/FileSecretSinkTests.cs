using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Secrets;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class FileSecretSinkTests : IDisposable
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "secrets.json");

    private static AppClientCredentials Credentials => new()
    {
        ClientName = "billing",
        ClientId = "abc",
        UserPoolId = "eu-west-1_A",
        ClientSecret = "one+secret",
        Route = AppClientRoute.OAuth2,
        Region = "eu-west-1",
        Domain = "acme-m2m",
        Scopes = ["orders/read"],
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task New_file_holds_the_configuration_section_of_the_client_and_is_private()
    {
        await StoreAsync(Credentials);

        Assert.Equal(
            """{"CognitoM2M":{"Clients":{"billing":{"Domain":"acme-m2m","Region":"eu-west-1","ClientId":"abc","ClientSecret":"one+secret","Scopes":["orders/read"]}},"SecretIds":{"billing":{"UserPoolId":"eu-west-1_A","ClientId":"abc"}}}}""",
            ReadFile().ToJsonString(_plain));
        Assert.EndsWith("}\n", await File.ReadAllTextAsync(Path), StringComparison.Ordinal);
        AssertPrivate();
        Assert.Equal([".secrets.json.lock", "secrets.json"], _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task File_that_others_can_read_becomes_private_even_if_its_content_stays_the_same()
    {
        await StoreAsync(Credentials);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await StoreAsync(Credentials);

        AssertPrivate();
    }

    [Fact]
    public async Task On_Windows_the_file_is_stored_without_a_mode()
    {
        var sink = new FileSecretSink(Path, new WindowsFilePrivacy(), TimeProvider.System);

        await StoreAsync(sink);

        Assert.Equal("abc", ReadClients()["billing"]!["ClientId"]!.GetValue<string>());
        Assert.Equal([".secrets.json.lock", "secrets.json"], _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Everything_else_in_the_file_stays()
    {
        await File.WriteAllTextAsync(
            Path,
            """{"Logging":{"Level":"Warning"},"cognitom2m":{"Clients":{"Billing":{"BaseAddress":"https://api","Route":"GetClientToken"},"other":{"ClientId":"x"}}}}""");

        await StoreAsync(Credentials);

        var clients = ReadFile()["cognitom2m"]!["Clients"]!;
        Assert.Equal("Warning", ReadFile()["Logging"]!["Level"]!.GetValue<string>());
        Assert.Equal("x", clients["other"]!["ClientId"]!.GetValue<string>());
        Assert.Equal("https://api", clients["Billing"]!["BaseAddress"]!.GetValue<string>());
        Assert.Null(clients["Billing"]!["Route"]);
        Assert.Equal("abc", clients["Billing"]!["ClientId"]!.GetValue<string>());
        AssertPrivate();
    }

    [Theory]
    [InlineData(AppClientRoute.GetClientToken, null, """{"Route":"GetClientToken","Region":"eu-west-1","ClientId":"abc","ClientSecret":"s","Scopes":["a/b"]}""")]
    [InlineData(AppClientRoute.Both, null, """{"Domain":"acme-m2m","Region":"eu-west-1","ClientId":"abc","ClientSecret":"s","Scopes":["a/b"]}""")]
    [InlineData(AppClientRoute.OAuth2, "http://127.0.0.1:1/oauth2/token", """{"TokenEndpoint":"http://127.0.0.1:1/oauth2/token","ClientId":"abc","ClientSecret":"s","Scopes":["a/b"]}""")]
    public async Task Each_route_gets_the_settings_that_it_needs_and_no_others(AppClientRoute route, string? endpoint, string expected)
    {
        await StoreAsync(Credentials with { Route = AppClientRoute.GetClientToken, Domain = null });
        await StoreAsync(Credentials with
        {
            Route = route,
            Domain = route == AppClientRoute.GetClientToken ? null : "acme-m2m",
            TokenEndpoint = endpoint is null ? null : new Uri(endpoint),
            ClientSecret = "s",
            Scopes = ["a/b"],
        });

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), ReadClients()["billing"]), ReadFile().ToJsonString());
    }

    [Fact]
    public async Task Stored_secret_and_its_id_are_found_by_client_id()
    {
        var sink = new FileSecretSink(Path);
        await sink.StoreAsync(Credentials with { ClientSecretId = "abc--1" }, default);

        var held = await sink.FindAsync("billing", "abc", default);
        var ofAnotherClient = await sink.FindAsync("billing", "def", default);

        Assert.Equal(new HeldSecret { ClientSecretId = "abc--1", ClientSecret = "one+secret" }, held);
        Assert.Null(ofAnotherClient);
    }

    [Fact]
    public async Task User_pool_id_and_secret_id_are_stored_outside_the_settings_of_the_client()
    {
        await StoreAsync(Credentials with { ClientSecretId = "abc--1" });

        Assert.Equal("""{"billing":{"UserPoolId":"eu-west-1_A","ClientId":"abc","ClientSecretId":"abc--1"}}""", ReadFile()["CognitoM2M"]!["SecretIds"]!.ToJsonString());
        Assert.Null(ReadClients()["billing"]!["ClientSecretId"]);
    }

    [Fact]
    public async Task Unchanged_content_is_not_written_again()
    {
        await StoreAsync(Credentials);
        var writtenAt = File.GetLastWriteTimeUtc(Path);
        File.SetLastWriteTimeUtc(Path, writtenAt - TimeSpan.FromHours(1));

        await StoreAsync(Credentials);

        Assert.Equal(writtenAt - TimeSpan.FromHours(1), File.GetLastWriteTimeUtc(Path), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("{ // comment\n}")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"CognitoM2M\":7}")]
    [InlineData("{\"CognitoM2M\":{\"Clients\":[]}}")]
    public async Task File_that_is_not_a_plain_secrets_file_is_refused_and_stays_as_it_is(string content)
    {
        await File.WriteAllTextAsync(Path, content);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await new FileSecretSink(Path).PrepareAsync(default));
        await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(Credentials));

        Assert.Equal(content, await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task Missing_folder_is_reported_before_anything_is_changed()
    {
        var sink = new FileSecretSink(System.IO.Path.Combine(_folder.FullName, "missing", "secrets.json"));

        await Assert.ThrowsAsync<DirectoryNotFoundException>(async () => await sink.PrepareAsync(default));
    }

    [Fact]
    public async Task Symbolic_link_is_followed_and_stays_a_link()
    {
        var real = System.IO.Path.Combine(_folder.FullName, "real.json");
        await File.WriteAllTextAsync(real, "{}");
        File.CreateSymbolicLink(Path, real);

        await StoreAsync(Credentials);

        Assert.Equal(real, new FileInfo(Path).LinkTarget);
        Assert.Contains("billing", await File.ReadAllTextAsync(real), StringComparison.Ordinal);
    }

    private static async Task StoreAsync(FileSecretSink sink) => await sink.StoreAsync(Credentials, default);

    private async Task StoreAsync(AppClientCredentials credentials) => await new FileSecretSink(Path).StoreAsync(credentials, default);

    private JsonNode ReadFile() => JsonNode.Parse(File.ReadAllText(Path))!;

    private JsonNode ReadClients() => ReadFile()["CognitoM2M"]!["Clients"]!;

    private void AssertPrivate()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }
}
