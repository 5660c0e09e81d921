using System.Text.Json.Nodes;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.State;

public sealed class StateFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ManualClock _clock = new();

    private string StatePath => Path.Combine(_folder.FullName, "state.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_content_is_kept_over_a_restart()
    {
        string token, clientId, secret, added, poolId;
        JsonObject before;
        await using (var first = await StartAsync())
        {
            var pool = first.CreateUserPool("shop");
            pool.CreateResourceServer("orders", "read");
            var client = pool.CreateAppClient("reporting", "orders/read");
            client.AccessTokenClaims = new Dictionary<string, JsonNode> { ["tenant"] = "acme" };
            (poolId, clientId, secret, added) = (pool.Id, client.ClientId, client.ClientSecret!, client.AddSecret());
            using var api = new EmulatorClient(first);
            await api.CallAsync("CreateUserPoolDomain", new { UserPoolId = poolId, Domain = "acme-m2m" });
            await api.CallAsync("TagResource", new { ResourceArn = pool.Arn, Tags = new { team = "orders" } });
            await api.CallAsync("AdminCreateUser", new
            {
                UserPoolId = poolId,
                Username = "robot",
                UserAttributes = new[] { new { Name = "email", Value = "r@example.com" } },
            });
            pool.CreateGroup("robots", precedence: 7);
            pool.FindUser("robot")!.AddToGroup("robots");
            token = await api.GetTokenAsync(clientId, secret);
            before = await api.DescribeAllAsync(poolId, clientId);
        }

        await using var second = await StartAsync();

        using var again = new EmulatorClient(second);
        Assert.Equal(before.ToJsonString(), (await again.DescribeAllAsync(poolId, clientId)).ToJsonString());
        Assert.NotEqual(token, await again.GetTokenAsync(clientId, added), StringComparer.Ordinal);
        var restored = Assert.Single(second.UserPools);
        Assert.Equal("robots", Assert.Single(before["groups"]!["Groups"]!.AsArray())!["GroupName"]!.GetValue<string>());
        Assert.Equal([secret, added], restored.AppClients[0].ClientSecrets);
        Assert.Equal("acme", restored.AppClients[0].AccessTokenClaims["tenant"].GetValue<string>());
        Assert.Contains(JwtReader.ReadHeader(token)["kid"]!.GetValue<string>(), await again.GetKeySetAsync(restored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_and_new_signing_keys_are_kept_over_a_restart()
    {
        string old, current;
        await using (var first = await StartAsync())
        {
            var pool = first.CreateUserPool("shop");
            pool.CreateResourceServer("orders", "read");
            var client = pool.CreateAppClient("reporting", "orders/read");
            using var api = new EmulatorClient(first);
            old = JwtReader.ReadHeader(await api.GetTokenAsync(client.ClientId, client.ClientSecret!))["kid"]!.GetValue<string>();
            pool.RotateSigningKey(withdrawOldKeys: false);
            current = JwtReader.ReadHeader(await api.GetTokenAsync(client.ClientId, client.ClientSecret!))["kid"]!.GetValue<string>();
        }

        await using var second = await StartAsync();

        using var again = new EmulatorClient(second);
        var keys = await again.GetKeySetAsync(second.UserPools[0]);
        Assert.Contains(old, keys, StringComparison.Ordinal);
        Assert.Contains(current, keys, StringComparison.Ordinal);
        var token = await again.GetTokenAsync(second.UserPools[0].AppClients[0].ClientId, second.UserPools[0].AppClients[0].ClientSecret!);
        Assert.Equal(current, JwtReader.ReadHeader(token)["kid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_change_is_in_the_file_before_the_caller_gets_the_response()
    {
        await using var cognito = await StartAsync();
        using var api = new EmulatorClient(cognito);

        await api.CallAsync("CreateUserPool", new { PoolName = "wired" });
        Assert.Contains("\"wired\"", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
        cognito.CreateUserPool("seeded");
        Assert.Contains("\"seeded\"", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
        await api.CallAsync("DeleteUserPool", new { UserPoolId = cognito.UserPools[0].Id });
        Assert.DoesNotContain("\"wired\"", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_token_is_valid_after_a_restart()
    {
        JsonObject page;
        await using (var first = await StartAsync())
        {
            first.CreateUserPool("a");
            first.CreateUserPool("b");
            using var api = new EmulatorClient(first);
            page = await api.CallAsync("ListUserPools", new { MaxResults = 1 });
        }

        await using var second = await StartAsync();

        using var again = new EmulatorClient(second);
        var next = await again.CallAsync("ListUserPools", new { MaxResults = 1, NextToken = page["NextToken"]!.GetValue<string>() });
        Assert.Equal("b", next["UserPools"]![0]!["Name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;

        await File.WriteAllTextAsync(StatePath + ".tmp", "left behind by a killed process, readable by others");
        await using var cognito = await StartAsync();
        cognito.CreateUserPool("shop");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
        Assert.False(File.Exists(StatePath + ".tmp"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Version":2,"SealingKey":"AAAA","LastSequence":0,"UserPools":[]}""")]
    [InlineData("""{"Version":1,"SealingKey":"AAAA","LastSequence":0,"UserPools":[]}""")]
    [InlineData("""{"Version":1,"SealingKey":"%","LastSequence":0,"UserPools":[]}""")]
    [InlineData("""{"Version":1,"SealingKey":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","LastSequence":0,"UserPools":[{"Id":"x"}]}""")]
    [InlineData("""{"Version":1,"SealingKey":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","LastSequence":0,"UserPools":[null]}""")]
    public async Task Invalid_file_is_reported_by_its_path_and_not_changed(string content)
    {
        await File.WriteAllTextAsync(StatePath, content);

        var error = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);

        Assert.StartsWith($"The file '{StatePath}' is not a valid state file of the emulator (", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(StatePath));
    }

    [Fact]
    public async Task Two_emulators_cannot_use_the_same_file_at_the_same_time()
    {
        await using (await StartAsync())
        {
            var error = await Assert.ThrowsAsync<IOException>(StartAsync);
            Assert.StartsWith($"The state file '{StatePath}' is in use by another emulator.", error.Message, StringComparison.Ordinal);
        }

        await using var next = await StartAsync();
    }

    [Fact]
    public async Task Error_for_a_missing_folder_names_the_file()
    {
        var path = Path.Combine(_folder.FullName, "missing", "state.json");

        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => CognitoEmulator.StartAsync(new CognitoEmulatorOptions { StateFile = path }));

        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_that_cannot_be_saved_gets_an_error_response()
    {
        await using var cognito = await StartAsync();
        using var api = new EmulatorClient(cognito);
        // A folder at the path of the file makes saving fail, even for root.
        Directory.CreateDirectory(Path.Combine(StatePath, "folder"));

        var error = await api.GetErrorAsync("CreateUserPool", new { PoolName = "lost" });

        Assert.Equal("InternalErrorException", error);
        Directory.Delete(StatePath, recursive: true);
    }

    [Fact]
    public async Task A_file_that_others_can_read_is_made_private_at_the_start()
    {
        // On Windows itself .NET refuses to set a Unix mode.
        if (OperatingSystem.IsWindows())
            return;

        await using (var first = await StartAsync())
            first.CreateUserPool("shop");
        File.SetUnixFileMode(StatePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await using var second = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
    }

    private Task<CognitoEmulator> StartAsync() =>
        CognitoEmulator.StartAsync(new CognitoEmulatorOptions { StateFile = StatePath, TimeProvider = _clock });
}
