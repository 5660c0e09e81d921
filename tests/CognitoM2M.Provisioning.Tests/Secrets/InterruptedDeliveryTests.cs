using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

/// <summary>Runs that end, or that meet another run, between any two steps of bringing a sink up to date.</summary>
public sealed class InterruptedDeliveryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private static AppClientCredentials Credentials => new()
    {
        ClientName = "billing",
        ClientId = "abc",
        UserPoolId = "eu-west-1_A",
        ClientSecret = "older",
        Route = AppClientRoute.OAuth2,
        Region = "eu-west-1",
        Scopes = ["orders/read"],
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Next_apply_stores_the_secrets_of_an_apply_that_was_killed_before_or_after_any_call_of_the_sink()
    {
        var whole = new MortalSink(CreateSink("whole.json"));
        await ApplyAsync(new(), whole);
        for (var kill = 1; kill <= 2 * whole.Calls; kill++)
        {
            var (account, sink) = (new FakeAccount(), new MortalSink(CreateSink($"{kill}.json")));
            account.Cognito.Fault = _ => sink.IsDead ? new DiedException() : null;
            (sink.DiesAt, sink.DiesBeforeCall) = ((kill + 1) / 2, kill % 2 == 1);
            await Assert.ThrowsAnyAsync<Exception>(() => ApplyAsync(account, sink));
            Assert.True(sink.IsDead, $"{kill}");
            sink.Revive();

            await ApplyAsync(account, sink);

            await AssertHeldAsync(account, sink, $"{kill} of {2 * whole.Calls}");
        }
    }

    [Fact]
    public async Task Secret_of_a_rotation_that_runs_between_the_look_and_the_store_of_an_apply_stays()
    {
        var (account, sink) = (new FakeAccount(), new MortalSink(CreateSink("secrets.json")));
        await ApplyAsync(account, sink);
        sink.AfterFind = async () =>
        {
            sink.AfterFind = null;
            await account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", sink, new() { DeleteOldSecretAfter = TimeSpan.Zero });
        };

        await ApplyAsync(account, sink);

        var client = account.Cognito.Pool.Clients[0];
        Assert.Null(sink.AfterFind);
        Assert.Equal($"{client.Id}--2", Assert.Single(client.Secrets).ClientSecretId);
        await AssertHeldAsync(account, sink, "after the apply");
    }

    [Fact]
    public async Task Settings_beside_a_secret_follow_the_blueprint_and_the_newer_secret_stays()
    {
        var sink = CreateSink("secrets.json");
        await sink.StoreAsync(Credentials with { ClientSecret = "newer", ClientSecretId = "abc--2" }, default);

        await sink.RefreshAsync(Credentials with { Scopes = ["orders/write"] }, default);

        Assert.Equal(new HeldSecret { ClientSecret = "newer", ClientSecretId = "abc--2" }, await sink.FindAsync("billing", "abc", default));
        Assert.Contains("orders/write", await File.ReadAllTextAsync(sink.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_of_a_secret_stays_if_the_same_secret_is_stored_without_its_id()
    {
        var sink = CreateSink("secrets.json");
        await sink.StoreAsync(Credentials with { ClientSecretId = "abc--1" }, default);

        await sink.RefreshAsync(Credentials, default);

        Assert.Equal("abc--1", (await sink.FindAsync("billing", "abc", default))!.ClientSecretId);
    }

    [Fact]
    public async Task Pending_secret_of_a_rotation_stays_until_the_next_secret_is_stored()
    {
        var sink = CreateSink("secrets.json");
        await sink.StoreAsync(Credentials, default);

        await sink.RefreshAsync(Credentials with { ClientSecretId = "abc--1", PendingSecret = "newer" }, default);
        await sink.RefreshAsync(Credentials, default);
        var between = await sink.FindAsync("billing", "abc", default);
        await sink.StoreAsync(Credentials with { ClientSecret = "newer", ClientSecretId = "abc--2" }, default);

        Assert.Equal(new HeldSecret { ClientSecret = "older", ClientSecretId = "abc--1", PendingSecret = "newer" }, between);
        Assert.Equal(new HeldSecret { ClientSecret = "newer", ClientSecretId = "abc--2" }, await sink.FindAsync("billing", "abc", default));
        Assert.DoesNotContain("PendingSecret", await File.ReadAllTextAsync(sink.Path), StringComparison.Ordinal);
    }

    private static async Task ApplyAsync(FakeAccount account, ISecretSink sink)
    {
        var plan = await account.PlanAsync(FakeAccount.Acme);
        await account.RunAsync(account.CreateProvisioner().ApplyAsync(plan, new() { Secrets = sink }));
    }

    private static async Task AssertHeldAsync(FakeAccount account, ISecretSink sink, string context)
    {
        Assert.Equal(3, account.Cognito.Pool.Clients.Count);
        foreach (var client in account.Cognito.Pool.Clients)
        {
            var held = await sink.FindAsync(client.Name, client.Id, default);
            Assert.True(held?.ClientSecret == Assert.Single(client.Secrets).ClientSecretValue, $"{context}: {client.Name}");
        }
    }

    private FileSecretSink CreateSink(string name) => new(Path.Combine(_folder.FullName, name));

    /// <summary>A sink whose process is killed before or after a call.</summary>
    private sealed class MortalSink(ISecretSink next) : ISecretSink
    {
        public int Calls { get; private set; }

        /// <summary>The number of the call, from 1.</summary>
        public int? DiesAt { get; set; }

        public bool DiesBeforeCall { get; set; }

        public bool IsDead { get; private set; }

        /// <summary>What happens after the next secret was found.</summary>
        public Func<Task>? AfterFind { get; set; }

        public void Revive() => (IsDead, DiesAt) = (false, null);

        public async ValueTask PrepareAsync(CancellationToken cancellationToken) => await CallAsync(async () =>
        {
            await next.PrepareAsync(cancellationToken);
            return true;
        });

        public async ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
        {
            var held = await CallAsync(async () => await next.FindAsync(clientName, clientId, cancellationToken));
            if (AfterFind is { } act)
                await act();
            return held;
        }

        public async ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) =>
            await CallAsync(async () => await next.FindOwnerAsync(clientName, cancellationToken));

        public async ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => await CallAsync(async () =>
        {
            await next.StoreAsync(credentials, cancellationToken);
            return true;
        });

        public async ValueTask RefreshAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => await CallAsync(async () =>
        {
            await next.RefreshAsync(credentials, cancellationToken);
            return true;
        });

        private async Task<T> CallAsync<T>(Func<Task<T>> call)
        {
            Calls++;
            IsDead |= Calls == DiesAt && DiesBeforeCall;
            if (IsDead)
                throw new DiedException();

            var result = await call();
            IsDead = Calls == DiesAt;
            return IsDead ? throw new DiedException() : result;
        }
    }
}
