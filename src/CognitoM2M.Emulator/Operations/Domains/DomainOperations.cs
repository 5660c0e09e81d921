using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Operations.Domains;

/// <summary>The operations on domains.</summary>
internal sealed class DomainOperations(UserPoolDirectory userPools, DomainReachability reachability)
{
    private const int MaxCustomDomains = 4;
    private const int ManagedLogin = 2;

    private static readonly StructureShape _byName = new StructureShape()
        .Required("Domain", Shape.Text(TextShape.WithLength(1, 253)));

    private static readonly StructureShape _byPool = new StructureShape()
        .With(_byName)
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId));

    private static readonly StructureShape _whole = new StructureShape()
        .With(_byPool)
        .Kept("ManagedLoginVersion", Shape.Number(1, ManagedLogin))
        .Optional("CustomDomainConfig", new StructureShape()
            .Required("CertificateArn", Shape.Text(TextShape.Arn))
            .Kept("SecurityPolicy", Shape.OneOf("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025")))
        .Refused("Routing", "its user pools have no replica in a second region");

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateUserPoolDomain", _whole, Create),
        new("DescribeUserPoolDomain", _byName, Describe),
        new("UpdateUserPoolDomain", _whole, Update),
        new("DeleteUserPoolDomain", _byPool, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var name = input.GetRequiredText("Domain");
        var custom = input.GetElement("CustomDomainConfig");
        if (custom is null)
            DomainNameRules.CheckPrefix(name);
        else
            DomainNameRules.CheckCustom(name);
        CheckSettings(input, pool);

        if (pool.Domains.Any(other => other.IsCustom == custom is not null))
            throw RefusedException.InvalidParameter("User pool already has a domain configured.");
        // A prefix is unique in its region, because the host name contains the region. A custom domain is unique everywhere.
        var region = CognitoNames.RegionOfUserPool(pool.Id);
        if (userPools.FindDomain(name, custom is null ? region : null) is not null)
            throw RefusedException.InvalidParameter("Domain already associated with another user pool");
        if (custom is not null && userPools.ListIn(region).Sum(other => other.Domains.Count(domain => domain.IsCustom)) >= MaxCustomDomains)
            throw RefusedException.LimitExceeded($"Exceeded the limit of {MaxCustomDomains} custom domains.");

        var now = userPools.TimeProvider.GetUtcNow();
        var created = new PoolDomain
        {
            Name = name,
            CustomDomainConfig = custom,
            ManagedLoginVersion = input.GetNumber("ManagedLoginVersion") ?? 1,
            Routing = input.GetElement("Routing"),
            CloudFrontDistribution = $"d{GeneratedId.CreateClientId()[..13]}.cloudfront.net",
            CreatedAt = now,
            LastModifiedAt = now,
        };
        pool.Add(created);
        return DescribeChange(created);
    });

    // As in Cognito, the description of an unknown domain is empty and not an error.
    private JsonObject Describe(JsonApiInput input) => new()
    {
        ["DomainDescription"] = userPools.FindDomain(input.GetRequiredText("Domain"), input.Region) is var (pool, domain) ? Describe(pool, domain) : [],
    };

    private JsonObject Update(JsonApiInput input) => userPools.Change(() =>
    {
        var (pool, domain) = Require(input);
        if (!domain.IsCustom && input.Has("CustomDomainConfig"))
        {
            throw RefusedException.InvalidParameter(
                "User pool should have a custom domain associated, failed to update the certificate.");
        }

        CheckSettings(input, pool);
        var updated = domain with
        {
            CustomDomainConfig = input.GetElement("CustomDomainConfig") ?? domain.CustomDomainConfig,
            ManagedLoginVersion = input.GetNumber("ManagedLoginVersion") ?? domain.ManagedLoginVersion,
            Routing = input.GetElement("Routing") ?? domain.Routing,
            LastModifiedAt = userPools.TimeProvider.GetUtcNow(),
        };
        pool.Replace(domain, updated);
        return DescribeChange(updated);
    });

    private JsonObject Delete(JsonApiInput input) => userPools.Change(() =>
    {
        var (pool, domain) = Require(input);
        pool.Remove(domain);
        return new JsonObject();
    });

    private (EmulatedUserPool UserPool, PoolDomain Domain) Require(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return userPools.FindDomain(input.GetRequiredText("Domain"), CognitoNames.RegionOfUserPool(pool.Id)) is { } found && found.UserPool == pool
            ? found
            : throw RefusedException.InvalidParameter("No such domain or user pool exists.");
    }

    private static void CheckSettings(JsonApiInput input, EmulatedUserPool pool)
    {
        if (input.GetStructure("CustomDomainConfig") is { } config)
            DomainNameRules.CheckCertificate(config.GetRequiredText("CertificateArn"));
        if (input.GetNumber("ManagedLoginVersion") == ManagedLogin && pool.Settings.Tier == "LITE")
            throw new RefusedException("FeatureUnavailableInTierException", "Managed login needs the tier ESSENTIALS or PLUS.");
    }

    private static JsonObject DescribeChange(PoolDomain domain)
    {
        var change = new JsonObject { ["ManagedLoginVersion"] = domain.ManagedLoginVersion };
        if (domain.IsCustom)
            change["CloudFrontDomain"] = domain.CloudFrontDistribution;
        AddRouting(change, domain.Routing);
        return change;
    }

    private JsonObject Describe(EmulatedUserPool pool, PoolDomain domain)
    {
        var described = new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["AWSAccountId"] = PoolArn.AccountId,
            ["Domain"] = domain.Name,
            ["S3Bucket"] = $"aws-cognito-prod-{CognitoNames.RegionOfUserPool(pool.Id)}-assets",
            ["CloudFrontDistribution"] = domain.CloudFrontDistribution,
            ["Version"] = domain.LastModifiedAt.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            ["Status"] = reachability.GetStatus(domain),
            ["CustomDomainConfig"] = domain.CustomDomainConfigToJson(),
            ["ManagedLoginVersion"] = domain.ManagedLoginVersion,
        };
        AddRouting(described, domain.Routing);
        return described;
    }

    private static void AddRouting(JsonObject output, JsonElement? routing)
    {
        if (routing is { } present)
            output["Routing"] = JsonObject.Create(present);
    }
}
