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
    public async Task Everything_survives_a_restart()
    {
        string token, clientId, secret, added, poolId;
        JsonObject before;
        await using (var first = await StartAsync())
        {
            var pool = first.CreateUserPool("shop");
            pool.CreateResourceServer("orders", "read");
            var client = pool.CreateAppClient("reporting", "orders/read");
            (poolId, clientId, secret, added) = (pool.Id, client.ClientId, client.ClientSecret!, client.AddSecret());
            using var api = new Api(first);
            await api.DoAsync("CreateUserPoolDomain", new { UserPoolId = poolId, Domain = "acme-m2m" });
            await api.DoAsync("TagResource", new { ResourceArn = pool.Arn, Tags = new { team = "orders" } });
            await api.DoAsync("AdminCreateUser", new
            {
                UserPoolId = poolId,
                Username = "robot",
                UserAttributes = new[] { new { Name = "email", Value = "r@example.com" } },
            });
            token = await api.TokenAsync(clientId, secret);
            before = await api.DescribeAllAsync(poolId, clientId);
        }

        await using var second = await StartAsync();

        using var again = new Api(second);
        Assert.Equal(before.ToJsonString(), (await again.DescribeAllAsync(poolId, clientId)).ToJsonString());
        Assert.NotEqual(token, await again.TokenAsync(clientId, added), StringComparer.Ordinal);
        var restored = Assert.Single(second.UserPools);
        Assert.Equal([secret, added], restored.AppClients[0].ClientSecrets);
        Assert.Contains(Jwt.Header(token)["kid"]!.GetValue<string>(), await again.KeysAsync(restored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_survive_rotation_and_restart()
    {
        string old, current;
        await using (var first = await StartAsync())
        {
            var pool = first.CreateUserPool("shop");
            pool.CreateResourceServer("orders", "read");
            var client = pool.CreateAppClient("reporting", "orders/read");
            using var api = new Api(first);
            old = Jwt.Header(await api.TokenAsync(client.ClientId, client.ClientSecret!))["kid"]!.GetValue<string>();
            pool.RotateSigningKey(withdrawOldKeys: false);
            current = Jwt.Header(await api.TokenAsync(client.ClientId, client.ClientSecret!))["kid"]!.GetValue<string>();
        }

        await using var second = await StartAsync();

        using var again = new Api(second);
        var keys = await again.KeysAsync(second.UserPools[0]);
        Assert.Contains(old, keys, StringComparison.Ordinal);
        Assert.Contains(current, keys, StringComparison.Ordinal);
        var token = await again.TokenAsync(second.UserPools[0].AppClients[0].ClientId, second.UserPools[0].AppClients[0].ClientSecret!);
        Assert.Equal(current, Jwt.Header(token)["kid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_change_is_in_the_file_before_it_is_acknowledged()
    {
        await using var cognito = await StartAsync();
        using var api = new Api(cognito);

        await api.DoAsync("CreateUserPool", new { PoolName = "wired" });
        Assert.Contains("\"wired\"", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
        cognito.CreateUserPool("seeded");
        Assert.Contains("\"seeded\"", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
        await api.DoAsync("DeleteUserPool", new { UserPoolId = cognito.UserPools[0].Id });
        Assert.DoesNotContain("\"wired\"", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_token_survives_a_restart()
    {
        JsonObject page;
        await using (var first = await StartAsync())
        {
            first.CreateUserPool("a");
            first.CreateUserPool("b");
            using var api = new Api(first);
            page = await api.DoAsync("ListUserPools", new { MaxResults = 1 });
        }

        await using var second = await StartAsync();

        using var again = new Api(second);
        var next = await again.DoAsync("ListUserPools", new { MaxResults = 1, NextToken = page["NextToken"]!.GetValue<string>() });
        Assert.Equal("b", next["UserPools"]![0]!["Name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_its_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;

        await File.WriteAllTextAsync(StatePath + ".tmp", "left behind, for all to read");
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
    public async Task Corrupted_file_is_one_clear_error_and_stays_as_it_is(string content)
    {
        await File.WriteAllTextAsync(StatePath, content);

        var error = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);

        Assert.StartsWith($"The state file '{StatePath}' can not be used", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(StatePath));
    }

    [Fact]
    public async Task File_belongs_to_one_emulator_at_a_time()
    {
        await using (await StartAsync())
        {
            var error = await Assert.ThrowsAsync<IOException>(StartAsync);
            Assert.Equal($"The state file '{StatePath}' is in use by another emulator.", error.Message);
        }

        await using var next = await StartAsync();
    }

    [Fact]
    public async Task Change_that_cannot_be_saved_is_not_acknowledged()
    {
        await using var cognito = await StartAsync();
        using var api = new Api(cognito);
        // Not even root can replace a folder with a file.
        Directory.CreateDirectory(Path.Combine(StatePath, "folder"));

        var error = await api.ErrorAsync("CreateUserPool", new { PoolName = "lost" });

        Assert.Equal("InternalErrorException", error);
        Directory.Delete(StatePath, recursive: true);
    }

    private Task<CognitoEmulator> StartAsync() =>
        CognitoEmulator.StartAsync(new CognitoEmulatorOptions { StateFile = StatePath, TimeProvider = _clock });
}
