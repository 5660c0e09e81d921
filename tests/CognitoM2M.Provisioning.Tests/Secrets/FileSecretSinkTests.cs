using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class FileSecretSinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "secrets.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task New_file_has_the_shape_of_the_configuration_section_and_is_private()
    {
        await StoreAsync(Credentials);

        Assert.Equal(
            """{"CognitoM2M":{"Clients":{"billing":{"Domain":"acme-m2m","Region":"eu-west-1","ClientId":"abc","ClientSecret":"one+secret","Scopes":["orders/read"]}}}}""",
            Content().ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        AssertPrivate();
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task Several_who_store_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await new FileSecretSink(Path).StoreAsync(Credentials with { ClientName = $"client{i}", ClientSecret = $"secret{i}" }, CancellationToken.None))));

        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal($"secret{i}", Content()["CognitoM2M"]!["Clients"]![$"client{i}"]!["ClientSecret"]!.GetValue<string>()));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_is_in_nobodys_way()
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(_folder.FullName, ".secrets.json.new"), "half");

        await StoreAsync(Credentials);

        Assert.Single(_folder.GetFiles());
        AssertPrivate();
    }

    [Fact]
    public async Task File_that_others_can_read_is_narrowed_even_if_nothing_else_changes()
    {
        await StoreAsync(Credentials);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await StoreAsync(Credentials);

        AssertPrivate();
    }

    [Fact]
    public async Task Everything_else_in_the_file_is_kept_and_its_mode_narrowed()
    {
        await File.WriteAllTextAsync(Path, """{"Logging":{"Level":"Warning"},"cognitom2m":{"clients":{"Billing":{"BaseAddress":"https://api","Route":"GetClientToken"},"other":{"ClientId":"x"}}}}""");

        await StoreAsync(Credentials);

        var clients = Content()["cognitom2m"]!["clients"]!;
        Assert.Equal("Warning", Content()["Logging"]!["Level"]!.GetValue<string>());
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
    public async Task Each_route_has_the_settings_it_needs_and_no_others(AppClientRoute route, string? endpoint, string expected)
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

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), Content()["CognitoM2M"]!["Clients"]!["billing"]), Content().ToJsonString());
    }

    [Fact]
    public async Task It_remembers_the_secret_and_its_id()
    {
        var sink = new FileSecretSink(Path);
        await sink.StoreAsync(Credentials with { ClientSecretId = "abc--1" }, default);

        var held = await sink.FindAsync("billing", "abc", default);
        var ofAnother = await sink.FindAsync("billing", "def", default);

        Assert.Equal(new HeldSecret("abc--1", "one+secret"), held);
        Assert.Null(ofAnother);
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
    [InlineData("{\"CognitoM2M\":{\"Clients\":7}}")]
    public async Task File_that_would_be_damaged_is_refused_and_left_alone(string content)
    {
        await File.WriteAllTextAsync(Path, content);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await new FileSecretSink(Path).PrepareAsync(default));
        await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(Credentials));

        Assert.Equal(content, await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task Folder_that_is_missing_shows_before_a_secret_is_at_stake()
    {
        var sink = new FileSecretSink(System.IO.Path.Combine(_folder.FullName, "missing", "secrets.json"));

        await Assert.ThrowsAsync<DirectoryNotFoundException>(async () => await sink.PrepareAsync(default));
    }

    [Fact]
    public async Task Link_is_followed_and_stays_a_link()
    {
        var real = System.IO.Path.Combine(_folder.FullName, "real.json");
        await File.WriteAllTextAsync(real, "{}");
        File.CreateSymbolicLink(Path, real);

        await StoreAsync(Credentials);

        Assert.Equal(real, new FileInfo(Path).LinkTarget);
        Assert.Contains("billing", await File.ReadAllTextAsync(real), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_interrupted_run_left_behind_does_not_matter()
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(_folder.FullName, ".secrets.json.new"), "half");

        await new FileSecretSink(Path).PrepareAsync(default);
        await StoreAsync(Credentials);

        AssertPrivate();
        Assert.Single(_folder.GetFiles());
    }

    private static AppClientCredentials Credentials => new()
    {
        ClientName = "billing",
        ClientId = "abc",
        ClientSecret = "one+secret",
        Route = AppClientRoute.OAuth2,
        Region = "eu-west-1",
        Domain = "acme-m2m",
        Scopes = ["orders/read"],
    };

    private async Task StoreAsync(AppClientCredentials credentials) => await new FileSecretSink(Path).StoreAsync(credentials, default);

    private JsonNode Content() => JsonNode.Parse(File.ReadAllText(Path))!;

    private void AssertPrivate()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }
}
