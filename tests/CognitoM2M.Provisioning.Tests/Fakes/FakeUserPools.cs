using System.Text.Json;
using CognitoM2M.Provisioning.Resources.UserPools;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>The operations on user pools.</summary>
internal static class FakeUserPools
{
    private static readonly string[] _refusedInUpdates =
        ["Arn", "Id", "Name", "Domain", "CreationDate", "LastModifiedDate", "SchemaAttributes", "EstimatedNumberOfUsers", "Status"];

    public static void AddTo(FakeCognito cognito)
    {
        cognito.Answer(UserPoolOperations.Create, request =>
        {
            var pool = cognito.AddPool(request.PoolName);
            Set(pool, request.DeletionProtection, request.UserPoolTier, request.UserPoolTags);
            (pool.Issuer, pool.Key, pool.Triggers) = (request.IssuerConfiguration, request.KeyConfiguration, request.LambdaConfig);
            (pool.UserCreation, pool.Policies) = (request.AdminCreateUserConfig, request.Policies);
            pool.UsernameAttributes = request.UsernameAttributes;
            return new(Describe(pool));
        });

        cognito.Answer(UserPoolOperations.Describe, request => new(Describe(cognito.FindPool(request.UserPoolId))));

        cognito.Answer(UserPoolOperations.Update, request =>
        {
            if (request.OtherMembers?.Keys.Intersect(_refusedInUpdates).Any() == true)
                throw new Refusal("SerializationException", "A member is not writable.");

            var pool = cognito.FindPool(request.UserPoolId);
            pool.Name = request.PoolName ?? pool.Name;
            Set(pool, request.DeletionProtection, request.UserPoolTier, request.UserPoolTags);
            (pool.Issuer, pool.Key, pool.Triggers) = (request.IssuerConfiguration, request.KeyConfiguration, request.LambdaConfig);
            (pool.UserCreation, pool.Policies) = (request.AdminCreateUserConfig, request.Policies);
            pool.Others = request.OtherMembers ?? new Dictionary<string, JsonElement>();
        });

        cognito.Answer(UserPoolOperations.List, request =>
        {
            var (page, next) = cognito.TakePage([.. cognito.Pools.Where(pool => pool.ShowsAt <= cognito.Now)], request.MaxResults, 60, request.NextToken);
            return new([.. page.Select(pool => new UserPoolDescription { Id = pool.Id, Name = pool.Name })], next);
        });

        cognito.Answer(UserPoolOperations.Delete, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            if (pool.IsProtected)
                throw new Refusal("InvalidParameterException", "The user pool cannot be deleted because deletion protection is activated.");
            if (pool.Prefix is not null || pool.Custom is not null || FakeDomains.IsOneBeingDeleted(cognito, pool))
                throw new Refusal("InvalidParameterException", "User pool cannot be deleted. It has a domain configured that should be deleted first.");
            cognito.Pools.Remove(pool);
        });

        cognito.Answer(UserPoolOperations.Tag, request =>
        {
            var pool = cognito.Pools.Single(pool => pool.Arn == request.ResourceArn);
            foreach (var (key, value) in request.Tags)
                pool.Tags[key] = value;
        });

        cognito.Answer(UserPoolOperations.Untag, request =>
        {
            var pool = cognito.Pools.Single(pool => pool.Arn == request.ResourceArn);
            foreach (var key in request.TagKeys)
                pool.Tags.Remove(key);
        });

        cognito.Answer(UserPoolOperations.ListUsers, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            List<UserDescription> users = [.. pool.Users.Select(_ => new UserDescription()), .. FakeUsers.Find(pool, request.Filter)];
            var (page, next) = cognito.TakePage(users, request.Limit, 60, request.PaginationToken);
            return new(page, next);
        });

        cognito.Answer(UserPoolOperations.ListGroups, request =>
        {
            var (page, next) = cognito.TakePage(cognito.FindPool(request.UserPoolId).Groups, request.Limit, 60, request.NextToken);
            return new([.. page.Select(name => new GroupDescription(name))], next);
        });

        cognito.Answer(UserPoolOperations.ListIdentityProviders, request =>
        {
            var (page, next) = cognito.TakePage(cognito.FindPool(request.UserPoolId).IdentityProviders, request.MaxResults, 60, request.NextToken);
            return new([.. page.Select(name => new IdentityProviderDescription(name))], next);
        });
    }

    // What a request leaves out returns to its default.
    private static void Set(FakePool pool, string? protection, string? tier, IReadOnlyDictionary<string, string>? tags)
    {
        pool.IsProtected = protection == "ACTIVE";
        pool.Tier = tier ?? "ESSENTIALS";
        pool.Tags.Clear();
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
            pool.Tags[key] = value;
    }

    private static UserPool Describe(FakePool pool) => new()
    {
        Id = pool.Id,
        Name = pool.Name,
        Arn = pool.Arn,
        CreationDate = pool.CreationDate,
        DeletionProtection = pool.IsProtected ? "ACTIVE" : "INACTIVE",
        UserPoolTier = pool.Tier,
        UserPoolTags = pool.Tags.Count == 0 ? null : new Dictionary<string, string>(pool.Tags),
        Domain = pool.Prefix,
        CustomDomain = pool.Custom?.Name,
        IssuerConfiguration = pool.Issuer,
        KeyConfiguration = pool.Key,
        LambdaConfig = pool.Triggers,
        UsernameAttributes = pool.UsernameAttributes,
        AdminCreateUserConfig = pool.UserCreation,
        Policies = pool.Policies,
        EstimatedNumberOfUsers = pool.EstimatedUsers,
        OtherMembers = new Dictionary<string, JsonElement>(pool.Others)
        {
            ["LastModifiedDate"] = FakeCognito.Json("1689721665.239"),
            ["SchemaAttributes"] = FakeCognito.Json("[]"),
        },
    };
}
