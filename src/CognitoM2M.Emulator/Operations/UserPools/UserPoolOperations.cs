using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The operations on user pools.</summary>
internal sealed class UserPoolOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxUserPools = 1000;
    private const string ListName = "ListUserPools";

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateUserPool", UserPoolShapes.Create, Create),
        new("DescribeUserPool", UserPoolShapes.ById, Describe),
        new(ListName, UserPoolShapes.List, List),
        new("UpdateUserPool", UserPoolShapes.Update, Update),
        new("DeleteUserPool", UserPoolShapes.ById, Delete),
        new("AddCustomAttributes", UserPoolShapes.AddAttributes, AddAttributes),
    ];

    private JsonObject Create(JsonApiInput input)
    {
        var settings = new UserPoolSettings
        {
            Name = input.GetRequiredText("PoolName"),
            Members = UserPoolSettingsReader.ReadNew(input.Members),
        };
        UserPoolRules.Check(settings);

        return userPools.Change(() =>
        {
            if (userPools.ListIn(input.Region).Count() >= MaxUserPools)
                throw RefusedException.LimitExceeded($"Exceeded the limit of {MaxUserPools} user pools.");
            return Wrap(userPools.Create(settings, input.GetText(UserPoolShapes.ChosenId), input.Region, needsDomain: true));
        });
    }

    private JsonObject Describe(JsonApiInput input) => Wrap(userPools.RequireUserPool(input));

    private JsonObject List(JsonApiInput input) => paging.CreatePage(
        $"{ListName} {input.Region}",
        userPools.ListIn(input.Region),
        pool => pool.Sequence,
        input.GetNumber("MaxResults")!.Value,
        input.GetText("NextToken"),
        "UserPools",
        UserPoolDescription.DescribeInList);

    private JsonObject Update(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        DescribedMembers.RequireUnchanged(
            "UpdateUserPool", input.Members, UserPoolDescription.Describe(pool), UserPoolShapes.DescribedInUpdates);
        var settings = pool.Settings with
        {
            Name = input.GetText("PoolName") ?? pool.Name,
            Members = UserPoolSettingsReader.ReadUpdate(input.Members, pool.Settings.Members),
        };
        UserPoolRules.Check(settings);
        pool.Update(settings);
        return new JsonObject();
    });

    private JsonObject AddAttributes(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var added = UserPoolSettingsReader.ReadAddedAttributes(input.Members, pool.Settings.Members);
        var settings = pool.Settings with { Members = pool.Settings.Members.With(UserPoolSettings.AddedAttributesMember, added) };
        UserPoolRules.Check(settings);
        pool.Update(settings);
        return new JsonObject();
    });

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() =>
        {
            var pool = userPools.RequireUserPool(input);
            if (pool.Settings.IsDeletionProtected)
            {
                throw RefusedException.InvalidParameter(
                    "The user pool cannot be deleted because deletion protection is activated. "
                        + "Deletion protection must be inactivated first.");
            }

            if (pool.Domains.Count > 0)
            {
                throw RefusedException.InvalidParameter(
                    "User pool cannot be deleted. It has a domain configured that should be deleted first.");
            }

            userPools.Remove(pool);
        });
        return null;
    }

    private static JsonObject Wrap(EmulatedUserPool pool) => new() { ["UserPool"] = UserPoolDescription.Describe(pool) };
}
