using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Users;

/// <summary>Temporary users whose run was killed.</summary>
public sealed class LeftOverUserTests
{
    private static readonly TimeSpan _age = TimeSpan.FromDays(1);

    private readonly FakeAccount _account = new();
    private readonly FakePool _pool;

    public LeftOverUserTests() => _pool = _account.Cognito.AddPool("acme");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 0)]
    public async Task User_is_found_from_the_given_age_on(int seconds, int found)
    {
        await CreateAsync();
        _account.Clock.Advance(_age + TimeSpan.FromSeconds(seconds));

        Assert.Equal(found, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Later_of_the_two_dates_counts()
    {
        await CreateAsync();
        _account.Clock.Advance(_age * 2);
        var account = Assert.Single(_pool.Accounts);

        account.CreatedAt = _account.Clock.GetUtcNow();
        Assert.Empty(await ListAsync());

        account.CreatedAt = DateTimeOffset.UnixEpoch;
        Assert.Equal(_account.Clock.GetUtcNow() - (_age * 2), Assert.Single(await ListAsync()).CreatedAt);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("cognito-m2m-temp-")]
    [InlineData("cognito-m2m-temp-20251231T000000Z-short")]
    [InlineData("cognito-m2m-temp-20251331T000000Z-abcdefghijkmnpqr")]
    [InlineData("cognito-m2m-temp-20251231T000000Z-abcdefghijkmnpqr-mine")]
    [InlineData("my-cognito-m2m-temp-20251231T000000Z-abcdefghijkmnpqr")]
    public async Task User_with_another_name_is_never_found(string name)
    {
        Add(name);
        Add("cognito-m2m-temp-20251231T000000Z-abcdefghijkmnpqr");

        Assert.Equal("cognito-m2m-temp-20251231T000000Z-abcdefghijkmnpqr", Assert.Single(await ListAsync(TimeSpan.Zero)).Username);
    }

    [Fact]
    public async Task In_a_pool_with_addresses_users_are_found_by_address_and_deleted_by_sub()
    {
        _pool.UsernameAttributes = ["phone_number", "email"];
        await CreateAsync();
        _account.Clock.Advance(_age);

        var found = Assert.Single(await ListAsync());
        await _account.RunAsync(_account.CreateProvisioner().DeleteUserAsync(_pool.Id, found.Id));

        Assert.EndsWith("@example.invalid", found.Username, StringComparison.Ordinal);
        Assert.StartsWith("sub", found.Id, StringComparison.Ordinal);
        Assert.Empty(_pool.Accounts);
    }

    [Fact]
    public async Task Every_page_is_read_and_the_oldest_user_comes_first()
    {
        _account.Cognito.ServesSmallPages = true;
        await CreateAsync();
        _account.Clock.Advance(TimeSpan.FromHours(1));
        await CreateAsync();
        _pool.Accounts.Reverse();
        _account.Clock.Advance(_age);

        var found = await ListAsync();

        Assert.Equal([TimeSpan.FromHours(25), TimeSpan.FromHours(24)], found.Select(user => _account.Clock.GetUtcNow() - user.CreatedAt));
    }

    private void Add(string name) => _pool.Accounts.Add(new() { Name = name, Username = name, Attributes = [], CreatedAt = DateTimeOffset.UnixEpoch });

    private Task<TemporaryUser> CreateAsync() => _account.RunAsync(_account.CreateProvisioner().CreateTemporaryUserAsync(_pool.Id));

    private Task<IReadOnlyList<TemporaryUserDescription>> ListAsync(TimeSpan? olderThan = null) =>
        _account.RunAsync(_account.CreateProvisioner().ListTemporaryUsersAsync(_pool.Id, olderThan ?? _age));
}
