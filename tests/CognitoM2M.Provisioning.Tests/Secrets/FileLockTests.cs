using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Testing;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class FileLockTests : IDisposable
{
    private const int Processes = 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private string SecretsPath => Path.Combine(_folder.FullName, "secrets.json");

    private string LockPath => Path.Combine(_folder.FullName, ".secrets.json.lock");

    private string NewPath => Path.Combine(_folder.FullName, ".secrets.json.new");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Threads_that_store_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => StoringProcess.StoreAsync(SecretsPath, $"thread{thread}", 25))));

        AssertHolds(["thread0", "thread1", "thread2", "thread3", "thread4", "thread5", "thread6", "thread7"], 25);
    }

    // .ci/run sets the number to 10,000. That takes more than half a minute.
    [Fact]
    public async Task Processes_that_store_at_the_same_time_lose_nothing()
    {
        var stores = int.Parse(Environment.GetEnvironmentVariable("COGNITO_M2M_STORES") ?? "300", CultureInfo.InvariantCulture) / Processes;
        var names = Enumerable.Range(0, Processes).Select(number => $"process{number}").ToList();
        var processes = names.Select(name => StoringProcess.Start(SecretsPath, name, stores)).ToList();

        foreach (var process in processes)
        {
            using (process)
            {
                var errors = await process.StandardError.ReadToEndAsync();
                await process.WaitForExitAsync();
                Assert.True(process.ExitCode == 0, errors);
            }
        }

        AssertHolds(names, stores);
        Assert.False(File.Exists(NewPath));
    }

    [Fact]
    public async Task Lock_file_stays_so_that_every_process_locks_the_same_file()
    {
        await StoringProcess.StoreAsync(SecretsPath, "one", 1);
        var createdAt = File.GetCreationTimeUtc(LockPath);

        await StoringProcess.StoreAsync(SecretsPath, "two", 1);

        Assert.Equal(createdAt, File.GetCreationTimeUtc(LockPath));
        Assert.Equal(0, new FileInfo(LockPath).Length);
    }

    [Fact]
    public async Task Files_that_a_killed_process_left_behind_do_not_matter()
    {
        await File.WriteAllTextAsync(LockPath, "");
        await File.WriteAllTextAsync(NewPath, "half");

        await StoringProcess.StoreAsync(SecretsPath, "one", 1);

        Assert.False(File.Exists(NewPath));
        AssertHolds(["one"], 1);
    }

    [Fact]
    public async Task Store_waits_until_the_other_process_is_done()
    {
        Task store;
        await using (new FileStream(LockPath, FilePrivacy.Current.CreateOptions(FileMode.OpenOrCreate)))
        {
            store = StoringProcess.StoreAsync(SecretsPath, "one", 1);
            Assert.False(File.Exists(SecretsPath));
        }

        await store;
        AssertHolds(["one"], 1);
    }

    [Fact]
    public async Task Store_fails_if_another_process_holds_the_lock_for_thirty_seconds()
    {
        var clock = new ManualClock();
        await using var held = new FileStream(LockPath, FilePrivacy.Current.CreateOptions(FileMode.OpenOrCreate));

        var failure = await Assert.ThrowsAsync<IOException>(() => clock.RunAsync(
            PrepareAsync(new FileSecretSink(SecretsPath, FilePrivacy.Current, clock)), skip: TimeSpan.FromSeconds(1)));

        Assert.Equal($"Another process is writing {SecretsPath}. Try again when that process has ended.", failure.Message);
        Assert.True(clock.GetElapsedTime(0) >= TimeSpan.FromSeconds(30));
    }

    private static async Task<bool> PrepareAsync(FileSecretSink sink)
    {
        await sink.PrepareAsync(default);
        return true;
    }

    private void AssertHolds(IEnumerable<string> names, int stores)
    {
        var clients = JsonNode.Parse(File.ReadAllText(SecretsPath))!["CognitoM2M"]!["Clients"]!.AsObject();
        var expected = names.SelectMany(name => StoringProcess.ListLastSecrets(name, stores));
        Assert.Equal(
            expected.OrderBy(secret => secret.Key, StringComparer.Ordinal),
            clients.Select(client => KeyValuePair.Create(client.Key, client.Value!["ClientSecret"]!.GetValue<string>())).OrderBy(secret => secret.Key, StringComparer.Ordinal));
    }
}

/// <summary>Stores many secrets, in this process or in one of its own. Each new secret of a client replaces one, which must still be there.</summary>
internal static class StoringProcess
{
    private const int Clients = 20;

    /// <summary>The entry point of the test assembly, when it is started as a program.</summary>
    public static async Task<int> Main(string[] args)
    {
        await StoreAsync(args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        return 0;
    }

    public static Process Start(string path, string name, int stores) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(StoringProcess).Assembly.Location, path, name, stores.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;

    public static async Task StoreAsync(string path, string name, int stores)
    {
        var sink = new FileSecretSink(path);
        for (var number = 0; number < stores; number++)
        {
            var client = $"{name}-{number % Clients}";
            var held = await sink.FindAsync(client, client, default);
            var expected = number < Clients ? null : $"secret{number - Clients}";
            if (held?.ClientSecret != expected)
                throw new InvalidOperationException($"{client} had {expected} and has {held?.ClientSecret}.");

            await sink.StoreAsync(
                new()
                {
                    ClientName = client,
                    ClientId = client,
                    UserPoolId = "eu-west-1_A",
                    ClientSecret = $"secret{number}",
                    Route = AppClientRoute.OAuth2,
                    Region = "eu-west-1",
                    Scopes = ["orders/read"],
                },
                default);
        }
    }

    /// <summary>The secret of each client after all stores.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ListLastSecrets(string name, int stores) =>
        Enumerable.Range(Math.Max(0, stores - Clients), Math.Min(stores, Clients))
            .Select(number => KeyValuePair.Create($"{name}-{number % Clients}", $"secret{number}"));
}
