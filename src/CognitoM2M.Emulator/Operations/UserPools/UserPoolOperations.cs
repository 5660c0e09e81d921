using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

internal sealed class UserPoolOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxUserPools = 1000;
    private const string ListName = "ListUserPools";

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateUserPool", UserPoolInput.Create, Create),
        new("DescribeUserPool", UserPoolInput.ById, Describe),
        new(ListName, UserPoolInput.List, List),
        new("UpdateUserPool", UserPoolInput.Update, Update),
        new("DeleteUserPool", UserPoolInput.ById, Delete),
    ];

    private JsonObject Create(JsonApiInput input)
    {
        var settings = new UserPoolSettings { Name = input.RequiredText("PoolName"), Members = UserPoolMembers.OfNew(input.Members) };
        Check(settings);

        return userPools.Change(() =>
        {
            if (userPools.All.Count >= MaxUserPools)
                throw RefusedException.LimitExceeded($"Exceeded the limit of {MaxUserPools} user pools.");
            return Wrapped(userPools.Create(settings, needsDomain: true));
        });
    }

    private JsonObject Describe(JsonApiInput input) => Wrapped(userPools.RequireUserPool(input));

    private JsonObject List(JsonApiInput input) => paging.Page(
        ListName,
        userPools.All,
        pool => pool.Sequence,
        input.Number("MaxResults")!.Value,
        input.Text("NextToken"),
        "UserPools",
        UserPoolDescription.InList);

    private JsonObject Update(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var settings = pool.Settings with
        {
            Name = input.Text("PoolName") ?? pool.Name,
            Members = UserPoolMembers.OfUpdated(input.Members, pool.Settings.Members),
        };
        Check(settings);
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

    private static void Check(UserPoolSettings settings)
    {
        Tags.Check(settings.Tags, "UserPoolTaggingException");
        var security = settings.Members.Find("UserPoolAddOns", "AdvancedSecurityMode")?.GetString();
        if (settings.Tier != "PLUS" && security is "AUDIT" or "ENFORCED")
            throw new RefusedException("FeatureUnavailableInTierException", "AdvancedSecurityMode AUDIT and ENFORCED need the tier PLUS.");
    }

    private static JsonObject Wrapped(EmulatedUserPool pool) => new() { ["UserPool"] = UserPoolDescription.Of(pool) };
}
