using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Resources.Users;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>The operations on users.</summary>
internal static class FakeUsers
{
    public static void AddTo(FakeCognito cognito)
    {
        cognito.Answer(UserOperations.Create, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            if (pool.Accounts.Exists(user => user.Name == request.Username))
                throw new Refusal("UsernameExistsException", "User account already exists");

            Assert.Equal("SUPPRESS", request.MessageAction);
            var user = new FakeUser
            {
                Name = request.Username,
                Username = pool.UsernameAttributes is { Count: > 0 } ? cognito.CreateId("sub") : request.Username,
                Attributes = request.UserAttributes,
                CreatedAt = cognito.UtcNow,
            };
            pool.Accounts.Add(user);
            return new(user.Describe());
        });

        cognito.Answer(UserOperations.SetPassword, request =>
        {
            var user = Get(cognito, request.UserPoolId, request.Username);
            (user.Password, user.IsConfirmed) = (request.Password, request.Permanent);
        });

        cognito.Answer(UserOperations.Delete, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            pool.Accounts.Remove(Get(cognito, request.UserPoolId, request.Username));
        });
    }

    /// <summary>The users whose attribute begins as the filter says; all without a filter.</summary>
    public static IEnumerable<UserDescription> Find(FakePool pool, string? filter)
    {
        if (filter is null)
            return pool.Accounts.Select(user => user.Describe());

        var parts = filter.Split(" ^= ");
        var beginning = parts[1].Trim('"');
        return pool.Accounts
            .Where(user => (parts[0] == "username" ? user.Username : user.Attributes.FirstOrDefault(attribute => attribute.Name == parts[0])?.Value)?.StartsWith(beginning, StringComparison.Ordinal) == true)
            .Select(user => user.Describe());
    }

    private static FakeUser Get(FakeCognito cognito, string userPoolId, string name) =>
        cognito.FindPool(userPoolId).Accounts.Find(user => user.Username == name || user.Name == name) ?? throw new Refusal("UserNotFoundException", "User does not exist.");
}

/// <summary>A user of a <see cref="FakePool"/>.</summary>
internal sealed class FakeUser
{
    /// <summary>The name that the user signs in with.</summary>
    public required string Name { get; init; }

    public required string Username { get; init; }

    public required IReadOnlyList<UserAttribute> Attributes { get; init; }

    public required DateTimeOffset CreatedAt { get; set; }

    public string? Password { get; set; }

    public bool IsConfirmed { get; set; }

    public UserDescription Describe() => new(Username, Attributes, (CreatedAt - DateTimeOffset.UnixEpoch).TotalSeconds);
}
