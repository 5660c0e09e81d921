using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Users;

/// <summary>Technical users whose password goes to a sink.</summary>
public sealed class CreateUserTests
{
    private readonly FakeAccount _account = new();
    private readonly FakePool _pool;
    private readonly FakeClient _client;
    private readonly UserSink _sink = new();

    public CreateUserTests()
    {
        _pool = _account.Cognito.AddPool("acme");
        _client = _account.Cognito.AddClient(_pool, "robots", hasSecret: false);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData(null)]
    public async Task Password_goes_to_the_sink_alone(string? name)
    {
        var result = await CreateAsync(new() { Username = name, ClientName = "robots" });

        var account = Assert.Single(_pool.Accounts);
        var stored = Assert.Single(_sink.Stored);
        Assert.Equal((account.Name, account.Password), (stored.Username, stored.Password));
        Assert.Equal(("robots", _client.Id, _pool.Id, "eu-west-1", false), (stored.ClientName, stored.ClientId, stored.UserPoolId, stored.Region, stored.MayReplaceOther));
        Assert.Null(result.Password);
        Assert.Equal(name ?? account.Name, result.Username);
        Assert.Equal(name is null, account.Name.StartsWith("cognito-m2m-temp-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_is_deleted_if_the_sink_fails()
    {
        _sink.Failure = new IOException("The disk is full.");

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync(new() { ClientName = "robots" }));

        Assert.Equal(ProvisioningError.Secret, error.Error);
        Assert.Contains("The disk is full.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_pool.Accounts);
    }

    [Fact]
    public async Task No_password_is_stored_if_the_receiver_of_the_reports_fails()
    {
        var progress = new ThrowingProgress();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _account.RunAsync(_account.CreateProvisioner().CreateUserAsync(_pool.Id, new() { ClientName = "robots" }, _sink, progress)));

        Assert.Contains("AdminSetUserPassword", _account.Cognito.Calls);
        Assert.Empty(_pool.Accounts);
        Assert.Empty(_sink.Stored);
    }

    [Fact]
    public async Task User_whose_creation_may_have_been_refused_is_never_deleted()
    {
        _pool.Accounts.Add(new() { Name = "ann", Username = "ann", Attributes = [], CreatedAt = DateTimeOffset.UnixEpoch });
        _account.Cognito.Fault = called =>
            called.Name == "AdminCreateUser" ? new CognitoProvisioningException(ProvisioningError.Unreachable, "The answer was lost.") { MayBeCarriedOut = true } : null;

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync(new() { Username = "ann", ClientName = "robots" }));

        Assert.Equal("ann", Assert.Single(_pool.Accounts).Name);
        Assert.Contains("It is not known whether the user 'ann' was created.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"aws cognito-idp admin-delete-user --user-pool-id {_pool.Id} --username ann", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_and_ambiguous_app_clients_are_refused_before_a_user_is_created()
    {
        var unknown = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync(new() { ClientName = "Robots" }));
        _account.Cognito.AddClient(_pool, "robots");
        var ambiguous = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync(new() { ClientName = "robots" }));

        Assert.Equal((ProvisioningError.NotFound, ProvisioningError.Ambiguous), (unknown.Error, ambiguous.Error));
        Assert.DoesNotContain("AdminCreateUser", _account.Cognito.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secret_of_another_app_client_is_replaced_only_if_the_caller_allows_it(bool isAllowed)
    {
        _sink.Owner = new() { ClientId = "other" };
        var options = new TechnicalUserOptions { ClientName = "robots", ReplaceOtherSecrets = isAllowed };

        if (isAllowed)
        {
            await CreateAsync(options);
            Assert.True(Assert.Single(_sink.Stored).MayReplaceOther);
            return;
        }

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync(options));
        Assert.Equal(ProvisioningError.Secret, error.Error);
        Assert.Empty(_pool.Accounts);
    }

    [Fact]
    public async Task Name_that_is_taken_is_refused_and_the_other_user_stays()
    {
        await CreateAsync(new() { Username = "ann" });

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync(new() { Username = "ann" }));

        Assert.Equal("UsernameExistsException", error.ErrorCode);
        Assert.Single(_pool.Accounts);
        Assert.Single(_sink.Stored);
    }

    private Task<UserCredentials> CreateAsync(TechnicalUserOptions options) => _account.RunAsync(_account.CreateProvisioner().CreateUserAsync(_pool.Id, options, _sink));

    /// <summary>Throws at the last report about a change.</summary>
    private sealed class ThrowingProgress : IProgress<ProvisioningProgress>
    {
        public void Report(ProvisioningProgress value)
        {
            if (value.Message == "done")
                throw new InvalidOperationException("The screen is gone.");
        }
    }

    private sealed class UserSink : ISecretSink
    {
        public List<UserCredentials> Stored { get; } = [];

        public Exception? Failure { get; set; }

        public SecretOwner? Owner { get; set; }

        public ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) => ValueTask.FromResult(Owner);

        public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask StoreUserAsync(UserCredentials user, CancellationToken cancellationToken)
        {
            if (Failure is not null)
                throw Failure;

            Stored.Add(user);
            return ValueTask.CompletedTask;
        }
    }
}
