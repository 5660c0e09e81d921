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

    private static readonly StructureShape _create = new StructureShape()
        .With(UserLookup.ByName)
        .Optional("TemporaryPassword", Shape.Secret(TextShape.Password))
        .Optional("UserAttributes", Shape.ListOf(new StructureShape()
            .Required("Name", Shape.Text(TextShape.AttributeName))
            .Optional("Value", Shape.Text(TextShape.AttributeValue))))
        .Optional("ForceAliasCreation", Shape.Flag)
        .Optional("MessageAction", Shape.OneOf("RESEND", "SUPPRESS"))
        .Unused("DesiredDeliveryMediums", Shape.ListOf(Shape.OneOf("SMS", "EMAIL")))
        .Optional("ValidationData", Shape.ListOf(new StructureShape()
            .Unused("Name", Shape.Text(TextShape.AttributeName))
            .Unused("Value", Shape.Text(TextShape.AttributeValue))))
        .Unused("ClientMetadata", Shape.MapOf(TextShape.Any, TextShape.Any));

    private static readonly StructureShape _setPassword = new StructureShape()
        .With(UserLookup.ByName)
        .Required("Password", Shape.Secret(TextShape.Password))
        .Optional("Permanent", Shape.Flag);

    private static readonly StructureShape _list = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Optional("AttributesToGet", Shape.ListOf(Shape.Text(TextShape.AttributeName)))
        .Optional("Limit", Shape.Number(0, MaxPageSize))
        .Optional("PaginationToken", Paging.TokenShape)
        .Optional("Filter", Shape.Text(TextShape.WithLength(0, 256)));

    public IEnumerable<JsonApiOperation> All =>
    [
        new(ListName, _list, List),
        new("AdminCreateUser", _create, Create),
        new("AdminGetUser", UserLookup.ByName, input => userPools.RequireUser(input).User.Describe("UserAttributes")),
        new("AdminSetUserPassword", _setPassword, SetPassword),
        new("AdminDeleteUser", UserLookup.ByName, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var username = input.GetRequiredText("Username");
        var password = input.GetText("TemporaryPassword");
        if (password is not null)
            PasswordPolicy.Read(pool).Check(password);

        var user = input.GetText("MessageAction") == "RESEND"
            ? Invite(pool, username)
            : UserCreation.Create(
                pool, username, sub: null, ReadAttributes(input), takeAlias: input.GetFlag("ForceAliasCreation") == true);
        if (password is not null)
            user = UserCreation.SetPassword(pool, user, password, isPermanent: false);
        return new JsonObject { ["User"] = user.Describe("Attributes") };
    });

    /// <summary>Finds a user who was invited before and has not signed in yet.</summary>
    private PoolUser Invite(EmulatedUserPool pool, string username)
    {
        var user = pool.UserList.Find(username) ?? throw UserLookup.CreateNotFound();
        if (user.Status != PoolUser.MustChangePassword)
            throw new RefusedException("UnsupportedUserStateException", "User password cannot be reset in the current state.");

        // The temporary password works for its whole time again.
        var now = userPools.TimeProvider.GetUtcNow();
        user = user with { PasswordSetAt = now, LastModifiedAt = now };
        pool.UserList.Set(user);
        return user;
    }

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        var filter = UserFilter.Parse(input.GetText("Filter"));
        var attributes = input.Has("AttributesToGet") ? input.GetTextList("AttributesToGet").ToHashSet(StringComparer.Ordinal) : null;
        var page = paging.CreatePage(
            $"{ListName} {pool.Id}", filter is null ? pool.UserList.All : pool.UserList.All.Where(filter.Matches), user => user.Sequence,
            input.GetNumber("Limit") is > 0 and var limit ? limit : MaxPageSize, input.GetText("PaginationToken"), "Users",
            user => user.Describe("Attributes", attributes));
        if (page.Remove("NextToken", out var next))
            page["PaginationToken"] = next;
        return page;
    }

    private JsonObject SetPassword(JsonApiInput input) => userPools.Change(() =>
    {
        var (pool, user) = userPools.RequireUser(input);
        UserCreation.SetPassword(pool, user, input.GetRequiredText("Password"), input.GetFlag("Permanent") == true);
        return new JsonObject();
    });

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() =>
        {
            var (pool, user) = userPools.RequireUser(input);
            pool.Remove(user);
        });
        return null;
    }

    private static IReadOnlyCollection<UserAttribute> ReadAttributes(JsonApiInput input) =>
    [
        .. input.GetElement("UserAttributes")?.EnumerateArray().Select(attribute => new UserAttribute(
            attribute.GetProperty("Name").GetString()!,
            attribute.TryGetProperty("Value", out var value) ? value.GetString() ?? "" : "")) ?? [],
    ];
}
