using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations of an administrator on users. The emulator never sends messages to users.</summary>
internal sealed class UserOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPageSize = 60;
    private const string ListName = "ListUsers";

    private static readonly StructureShape _byName = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Required("Username", Shape.Text(TextShape.Username));

    private static readonly StructureShape _create = new StructureShape()
        .With(_byName)
        .Optional("TemporaryPassword", Shape.Secret(TextShape.Password))
        .Optional("UserAttributes", Shape.ListOf(new StructureShape()
            .Required("Name", Shape.Text(TextShape.AttributeName))
            .Optional("Value", Shape.Text(TextShape.AttributeValue))))
        .Optional("ForceAliasCreation", Shape.Flag)
        .Optional("MessageAction", Shape.OneOf("RESEND", "SUPPRESS"))
        .Optional("DesiredDeliveryMediums", Shape.ListOf(Shape.OneOf("SMS", "EMAIL")));

    private static readonly StructureShape _setPassword = new StructureShape()
        .With(_byName)
        .Required("Password", Shape.Secret(TextShape.Password))
        .Optional("Permanent", Shape.Flag);

    private static readonly StructureShape _list = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Optional("AttributesToGet", Shape.ListOf(Shape.Text(TextShape.AttributeName)))
        .Optional("Limit", Shape.Number(0, MaxPageSize))
        .Optional("PaginationToken", Paging.TokenShape);

    public IEnumerable<JsonApiOperation> All =>
    [
        new(ListName, _list, List),
        new("AdminCreateUser", _create, Create),
        new("AdminGetUser", _byName, input => Require(input).User.Describe("UserAttributes")),
        new("AdminSetUserPassword", _setPassword, SetPassword),
        new("AdminDeleteUser", _byName, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var username = input.GetRequiredText("Username");
        var isResend = input.GetText("MessageAction") == "RESEND";
        var existing = pool.Users.Find(username);
        if (existing is not null && !isResend)
            throw new RefusedException("UsernameExistsException", "User account already exists");
        if (existing is null && isResend)
            throw UserNotFound();
        if (existing is { Status: PoolUser.Confirmed })
            throw new RefusedException("UnsupportedUserStateException", "User password cannot be reset in the current state.");

        var password = input.GetText("TemporaryPassword");
        if (password is not null)
            PasswordPolicy.Read(pool).Check(password);

        var now = userPools.TimeProvider.GetUtcNow();
        var user = (existing ?? new PoolUser
        {
            Username = username,
            Sub = Guid.NewGuid().ToString(),
            Sequence = userPools.TakeSequence(),
            Password = PasswordHash.Compute(PasswordPolicy.CreatePassword()),
            Status = PoolUser.MustChangePassword,
            Attributes = ReadAttributes(input),
            CreatedAt = now,
            LastModifiedAt = now,
        }) with
        { LastModifiedAt = now };
        if (password is not null)
            user = user with { Password = PasswordHash.Compute(password) };
        pool.Users.Set(user);
        return new JsonObject { ["User"] = user.Describe("Attributes") };
    });

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        if (input.GetText("Filter") is { Length: > 0 })
            throw RefusedException.InvalidParameter("The emulator does not filter users. Leave Filter out.");

        var attributes = input.Has("AttributesToGet") ? input.GetTextList("AttributesToGet").ToHashSet(StringComparer.Ordinal) : null;
        var page = paging.CreatePage(
            $"{ListName} {pool.Id}", pool.Users.All.OrderBy(user => user.Sequence), user => user.Sequence,
            input.GetNumber("Limit") is > 0 and var limit ? limit : MaxPageSize, input.GetText("PaginationToken"), "Users",
            user => user.Describe("Attributes", attributes));
        if (page.Remove("NextToken", out var next))
            page["PaginationToken"] = next;
        return page;
    }

    private JsonObject SetPassword(JsonApiInput input) => userPools.Change(() =>
    {
        var (pool, user) = Require(input);
        var password = input.GetRequiredText("Password");
        PasswordPolicy.Read(pool).Check(password);
        pool.Users.Set(user with
        {
            Password = PasswordHash.Compute(password),
            Status = input.GetFlag("Permanent") == true ? PoolUser.Confirmed : PoolUser.MustChangePassword,
            LastModifiedAt = userPools.TimeProvider.GetUtcNow(),
        });
        return new JsonObject();
    });

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() =>
        {
            var (pool, user) = Require(input);
            pool.Users.Remove(user);
        });
        return null;
    }

    private (EmulatedUserPool Pool, PoolUser User) Require(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return (pool, pool.Users.Find(input.GetRequiredText("Username")) ?? throw UserNotFound());
    }

    private static RefusedException UserNotFound() => new("UserNotFoundException", "User does not exist.");

    private static ImmutableArray<UserAttribute> ReadAttributes(JsonApiInput input)
    {
        var attributes = input.GetElement("UserAttributes")?.EnumerateArray().Select(attribute => new UserAttribute(
            attribute.GetProperty("Name").GetString()!,
            attribute.TryGetProperty("Value", out var value) ? value.GetString() ?? "" : ""));
        return
        [
            .. (attributes ?? [])
                .Where(attribute => attribute.Name != "sub")
                .DistinctBy(attribute => attribute.Name, StringComparer.Ordinal),
        ];
    }
}
