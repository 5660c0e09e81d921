using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Users;

/// <summary>Users who exist for one test or one command.</summary>
public sealed class TemporaryUserTests
{
    private readonly FakeAccount _account = new();
    private readonly FakePool _pool;

    public TemporaryUserTests() => _pool = _account.Cognito.AddPool("acme");

    [Fact]
    public async Task User_can_sign_in_at_once_and_is_gone_after_disposal()
    {
        var user = await CreateAsync();

        var account = Assert.Single(_pool.Accounts);
        Assert.Equal((user.Username, user.Password, true), (account.Name, account.Password, account.IsConfirmed));
        Assert.Matches("^cognito-m2m-temp-20260101T000000Z-[a-z0-9]{16}$", user.Username);
        Assert.Equal((_pool.Id, user.Username, user.Username), (user.UserPoolId, user.Id, user.ToString()));

        await DisposeAsync(user);
        Assert.Empty(_pool.Accounts);
        await DisposeAsync(user);
        Assert.Single(_account.Cognito.Calls, "AdminDeleteUser");
    }

    [Fact]
    public async Task User_of_a_pool_with_addresses_has_a_verified_address_and_is_deleted_by_sub()
    {
        _pool.UsernameAttributes = ["email"];

        var user = await CreateAsync(new TemporaryUserOptions { EmailDomain = "test.example", Attributes = { ["given_name"] = "Ann" } });

        Assert.Matches("^cognito-m2m-temp-20260101T000000Z-[a-z0-9]{16}@test.example$", user.Username);
        Assert.StartsWith("sub", user.Id, StringComparison.Ordinal);
        Assert.Equal(
            [("given_name", "Ann"), ("email", user.Username), ("email_verified", "true")],
            Assert.Single(_pool.Accounts).Attributes.Select(attribute => (attribute.Name, attribute.Value!)));
        await DisposeAsync(user);
        Assert.Empty(_pool.Accounts);
    }

    [Fact]
    public async Task Pool_with_phone_numbers_alone_is_refused_before_a_user_is_created()
    {
        _pool.UsernameAttributes = ["phone_number"];

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync());

        Assert.Equal(ProvisioningError.Configuration, error.Error);
        Assert.DoesNotContain("AdminCreateUser", _account.Cognito.Calls);
    }

    [Theory]
    [InlineData(null, 32)]
    [InlineData(8, 32)]
    [InlineData(32, 32)]
    [InlineData(33, 33)]
    [InlineData(99, 99)]
    public async Task Password_is_random_and_satisfies_every_policy(int? minimum, int length)
    {
        _pool.Policies = new() { PasswordPolicy = new() { MinimumLength = minimum, RequireSymbols = true } };

        var passwords = new List<string>();
        for (var i = 0; i < 20; i++)
            passwords.Add((await CreateAsync()).Password);

        Assert.All(passwords, password =>
        {
            Assert.Equal(length, password.Length);
            Assert.True(char.IsAsciiLetter(password[0]));
            Assert.Matches("^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[-._])[A-Za-z0-9._-]*$", password);
        });
        Assert.Equal(20, passwords.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("AdminCreateUser", false)]
    [InlineData("AdminCreateUser", true)]
    [InlineData("AdminSetUserPassword", false)]
    public async Task No_user_stays_behind_after_a_failure(string operation, bool isAnswerLost)
    {
        if (isAnswerLost)
            _account.Cognito.LoseAnswer = called => called.Name == operation ? new(ProvisioningError.Unreachable, "The answer was lost.") { MayBeCarriedOut = true } : null;
        else
            _account.Cognito.Fault = called => called.Name == operation ? new CognitoProvisioningException(ProvisioningError.Refused, "No.") : null;

        await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync());

        Assert.Empty(_pool.Accounts);
        Assert.Equal(isAnswerLost || operation == "AdminSetUserPassword", _account.Cognito.Calls.Contains("AdminDeleteUser"));
    }

    [Fact]
    public async Task No_user_stays_behind_if_the_receiver_of_progress_throws()
    {
        var provisioner = _account.CreateProvisioner();

        await Assert.ThrowsAsync<IOException>(() => _account.RunAsync(provisioner.CreateTemporaryUserAsync("acme", options: null, new FullDisk())));

        Assert.Contains("AdminCreateUser", _account.Cognito.Calls);
        Assert.Empty(_pool.Accounts);
    }

    [Fact]
    public async Task User_who_cannot_be_deleted_is_named_with_the_command_and_without_the_password()
    {
        var user = await CreateAsync();
        _account.Cognito.Fault = called => called == UserOperations.Delete ? new CognitoProvisioningException(ProvisioningError.AccessDenied, "Denied.") : null;

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => DisposeAsync(user));

        Assert.Equal(ProvisioningError.AccessDenied, error.Error);
        Assert.EndsWith($"aws cognito-idp admin-delete-user --user-pool-id {_pool.Id} --username {user.Username} --region eu-west-1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_whose_removal_fails_after_a_failure_is_named_with_the_command()
    {
        _account.Cognito.Fault = called => called == UserOperations.SetPassword || called == UserOperations.Delete ? new CognitoProvisioningException(ProvisioningError.AccessDenied, "Denied.") : null;

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => CreateAsync());

        Assert.Contains($"Denied. The user '{Assert.Single(_pool.Accounts).Name}' could not be deleted either. Delete it: aws cognito-idp admin-delete-user", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removal_of_a_user_who_no_longer_exists_succeeds()
    {
        var user = await CreateAsync();
        _pool.Accounts.Clear();

        await DisposeAsync(user);

        Assert.False(await _account.RunAsync(_account.CreateProvisioner().DeleteUserAsync(_pool.Id, "ann")));
    }

    private Task<TemporaryUser> CreateAsync(TemporaryUserOptions? options = null) =>
        _account.RunAsync(_account.CreateProvisioner().CreateTemporaryUserAsync("acme", options));

    private Task DisposeAsync(TemporaryUser user) => _account.RunAsync(user.DisposeAsync().AsTask());

    /// <summary>Takes reports until the user is created.</summary>
    private sealed class FullDisk : IProgress<ProvisioningProgress>
    {
        public void Report(ProvisioningProgress value)
        {
            if (value.Message == "done")
                throw new IOException("The disk is full.");
        }
    }
}
