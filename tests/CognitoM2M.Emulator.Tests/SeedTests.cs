namespace CognitoM2M.Emulator.Tests;

public sealed class SeedTests
{
    [Fact]
    public async Task Seed_runs_after_the_state_file_was_read_and_its_result_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("cognito-m2m-");
        try
        {
            var found = new List<string>();
            var options = new CognitoEmulatorOptions
            {
                StateFile = Path.Combine(folder.FullName, "state.json"),
                Seed = (cognito, _) =>
                {
                    found.Add(string.Join(' ', cognito.UserPools.Select(pool => pool.Id)));
                    if (cognito.UserPools.Count == 0)
                        cognito.CreateUserPool("acme", new EmulatedUserPoolOptions { Id = "eu-west-1_LocalDev1" });
                    return Task.CompletedTask;
                },
            };

            await using (var first = await CognitoEmulator.StartAsync(options))
                Assert.Single(first.UserPools);
            await using (var second = await CognitoEmulator.StartAsync(options))
                Assert.Single(second.UserPools);

            Assert.Equal(["", "eu-west-1_LocalDev1"], found);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Requests_wait_until_the_seed_has_ended()
    {
        var seeding = new TaskCompletionSource<CognitoEmulator>();
        var release = new TaskCompletionSource();
        var starting = CognitoEmulator.StartAsync(new CognitoEmulatorOptions
        {
            Seed = (cognito, _) =>
            {
                seeding.SetResult(cognito);
                return release.Task;
            },
        });
        var address = (await seeding.Task).BaseAddress;
        using var http = new HttpClient();

        var early = http.GetAsync(new Uri(address, "nothing"));
        (await seeding.Task).CreateUserPool("acme");
        Assert.False(early.IsCompleted);
        release.SetResult();
        await using var cognito = await starting;

        Assert.Equal(404, (int)(await early).StatusCode);
    }

    [Fact]
    public async Task Seed_that_fails_ends_the_start_and_frees_port_and_state_file()
    {
        var folder = Directory.CreateTempSubdirectory("cognito-m2m-");
        try
        {
            var state = Path.Combine(folder.FullName, "state.json");
            var port = 0;

            await Assert.ThrowsAsync<NotSupportedException>(() => CognitoEmulator.StartAsync(new CognitoEmulatorOptions
            {
                StateFile = state,
                Seed = (cognito, _) =>
                {
                    port = cognito.BaseAddress.Port;
                    throw new NotSupportedException();
                },
            }));

            await using var second = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Port = port, StateFile = state });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
