using CognitoM2M.Provisioning.Resources.Domains;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>The operations on domains.</summary>
internal static class FakeDomains
{
    private const string CloudFrontDomain = "d111.cloudfront.net";

    public static void AddTo(FakeCognito cognito)
    {
        cognito.Answer(DomainOperations.Create, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            if (Find(cognito, request.Domain) is not null)
                throw new Refusal("InvalidParameterException", "Domain already associated with another user pool.");
            if (request.CustomDomainConfig is { } config)
            {
                Assert.Null(pool.Custom);
                pool.Custom = new FakeCustomDomain
                {
                    Name = request.Domain,
                    CertificateArn = config.CertificateArn!,
                    SecurityPolicy = config.SecurityPolicy,
                    ManagedLoginVersion = request.ManagedLoginVersion,
                };
                return new(CloudFrontDomain);
            }

            Assert.Null(pool.Prefix);
            pool.Prefix = request.Domain;
            pool.PrefixManagedLoginVersion = request.ManagedLoginVersion;
            return new(CloudFrontDomain: null);
        });

        cognito.Answer(DomainOperations.Describe, request => new(Find(cognito, request.Domain) ?? new DomainDescription()));

        cognito.Answer(DomainOperations.Update, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            if (pool.Prefix == request.Domain)
            {
                if (request.CustomDomainConfig is not null)
                    throw new Refusal("InvalidParameterException", "User pool should have a custom domain associated, failed to update the certificate.");
                pool.PrefixManagedLoginVersion = request.ManagedLoginVersion;
                return new(CloudFrontDomain: null);
            }

            var custom = pool.Custom!;
            custom.CertificateArn = request.CustomDomainConfig!.CertificateArn!;
            custom.SecurityPolicy = request.CustomDomainConfig.SecurityPolicy;
            custom.ManagedLoginVersion = request.ManagedLoginVersion;
            return new(CloudFrontDomain);
        });

        cognito.Answer(DomainOperations.Delete, request =>
        {
            var pool = cognito.FindPool(request.UserPoolId);
            if (pool.Prefix == request.Domain)
                pool.Prefix = null;
            else if (pool.Custom?.Name == request.Domain)
                pool.Custom = null;
            else
                throw new Refusal("InvalidParameterException", "No such domain or user pool exists.");

            cognito.OtherDomains[request.Domain] = (pool.Id, cognito.Now + cognito.DomainLeavesAfter.Ticks);
        });
    }

    public static bool IsOneBeingDeleted(FakeCognito cognito, FakePool pool) =>
        cognito.OtherDomains.Values.Any(domain => domain.PoolId == pool.Id && domain.GoneAt > cognito.Now);

    private static DomainDescription? Find(FakeCognito cognito, string name)
    {
        if (cognito.OtherDomains.TryGetValue(name, out var other) && other.GoneAt > cognito.Now)
            return new() { Domain = name, UserPoolId = other.PoolId, Status = cognito.Pools.Any(pool => pool.Id == other.PoolId) ? "DELETING" : "ACTIVE" };

        var pool = cognito.Pools.FirstOrDefault(pool => pool.Prefix == name || pool.Custom?.Name == name);
        if (pool is null)
            return null;

        var isCustom = pool.Custom?.Name == name;
        return new()
        {
            Domain = name,
            UserPoolId = pool.Id,
            Status = "ACTIVE",
            CloudFrontDistribution = CloudFrontDomain,
            // Cognito describes a prefix domain with an empty configuration of a custom domain.
            CustomDomainConfig = isCustom ? new() { CertificateArn = pool.Custom!.CertificateArn, SecurityPolicy = pool.Custom.SecurityPolicy } : new(),
            ManagedLoginVersion = isCustom ? pool.Custom!.ManagedLoginVersion : pool.PrefixManagedLoginVersion,
        };
    }
}
