using System.Text.Json;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Provisioning.Tests.Support;

/// <summary>
/// Cognito in memory, as far as provisioning sees it: defaults, reset traps, pages, limits, quotas, and the errors in its words.
/// What it is asked that it does not know fails the test.
/// </summary>
internal sealed class FakeCognito(TimeProvider time) : ICognitoUserPoolApi
{
    private readonly Dictionary<string, List<(long At, string Operation)>> _requests = new(StringComparer.Ordinal);
    private int _lastId;

    public List<FakePool> Pools { get; } = [];

    /// <summary>Domains of pools that are not in this account, or on their way out.</summary>
    public Dictionary<string, (string PoolId, long GoneAt)> OtherDomains { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request, by operation.</summary>
    public List<string> Calls { get; } = [];

    public int Changes => Calls.Count(call => !call.StartsWith("Describe", StringComparison.Ordinal) && !call.StartsWith("List", StringComparison.Ordinal));

    /// <summary>How many requests were refused because there were too many.</summary>
    public int Throttled { get; private set; }

    public bool EnforcesQuotas { get; set; }

    /// <summary>The number of the request, from 1, whose answer is lost because the caller dies.</summary>
    public int? DiesAfter { get; set; }

    /// <summary>Asked before each request; what it returns is thrown.</summary>
    public Func<string, Exception?>? Fault { get; set; }

    /// <summary>Whether pages come with fewer items than there are, and an empty one first.</summary>
    public bool ServesMeagrePages { get; set; }

    public TimeSpan DomainLeavesAfter { get; set; } = TimeSpan.FromSeconds(30);

    public FakePool Pool => Assert.Single(Pools);

    public FakePool AddPool(string name, bool isOwned = false)
    {
        var pool = new FakePool { Id = NextId("eu-west-1_Pool"), Name = name };
        if (isOwned)
            pool.Tags[OwnershipTag.Key] = OwnershipTag.Value;
        Pools.Add(pool);
        return pool;
    }

    public FakeClient AddClient(FakePool pool, string name, bool hasSecret = true)
    {
        var client = new FakeClient { Id = NextId("client"), Name = name };
        if (hasSecret)
            AddSecret(client);
        pool.Clients.Add(client);
        return client;
    }

    public Task<CreateUserPoolResponse> CreateUserPoolAsync(CreateUserPoolRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("CreateUserPool", cancellationToken, () =>
        {
            var pool = AddPool(request.PoolName);
            pool.IsProtected = request.DeletionProtection == "ACTIVE";
            pool.Tier = request.UserPoolTier ?? "ESSENTIALS";
            foreach (var (key, value) in request.UserPoolTags ?? new Dictionary<string, string>())
                pool.Tags[key] = value;
            return new CreateUserPoolResponse(Describe(pool));
        });

    public Task<DescribeUserPoolResponse> DescribeUserPoolAsync(DescribeUserPoolRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DescribeUserPool", cancellationToken, () => new DescribeUserPoolResponse(Describe(Find("DescribeUserPool", request.UserPoolId))));

    public Task UpdateUserPoolAsync(UpdateUserPoolRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("UpdateUserPool", cancellationToken, () =>
        {
            string[] refused = ["Arn", "Id", "Name", "Domain", "CreationDate", "LastModifiedDate", "SchemaAttributes", "EstimatedNumberOfUsers", "Status"];
            if (request.OtherMembers?.Keys.Intersect(refused).Any() == true)
                throw Refuse("UpdateUserPool", "SerializationException", "A member is not writable.");

            var pool = Find("UpdateUserPool", request.UserPoolId);
            pool.Name = request.PoolName ?? pool.Name;
            pool.IsProtected = request.DeletionProtection == "ACTIVE";
            pool.Tier = request.UserPoolTier ?? "ESSENTIALS";
            pool.Tags.Clear();
            foreach (var (key, value) in request.UserPoolTags ?? new Dictionary<string, string>())
                pool.Tags[key] = value;
            pool.Others = request.OtherMembers ?? new Dictionary<string, JsonElement>();
            return true;
        });

    public Task<ListUserPoolsResponse> ListUserPoolsAsync(ListUserPoolsRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("ListUserPools", cancellationToken, () =>
        {
            var (page, next) = Page(Pools, request.MaxResults, 60, request.NextToken);
            return new ListUserPoolsResponse([.. page.Select(pool => new UserPoolDescription { Id = pool.Id, Name = pool.Name })], next);
        });

    public Task DeleteUserPoolAsync(DeleteUserPoolRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DeleteUserPool", cancellationToken, () =>
        {
            var pool = Find("DeleteUserPool", request.UserPoolId);
            if (pool.IsProtected)
                throw Refuse("DeleteUserPool", "InvalidParameterException", "The user pool cannot be deleted because deletion protection is activated.");
            if (pool.Prefix is not null || pool.Custom is not null || OtherDomains.Values.Any(domain => domain.PoolId == pool.Id && domain.GoneAt > Now))
                throw Refuse("DeleteUserPool", "InvalidParameterException", "User pool cannot be deleted. It has a domain configured that should be deleted first.");
            return Pools.Remove(pool);
        });

    public Task<CreateUserPoolDomainResponse> CreateUserPoolDomainAsync(CreateUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("CreateUserPoolDomain", cancellationToken, () =>
        {
            var pool = Find("CreateUserPoolDomain", request.UserPoolId);
            if (FindDomain(request.Domain) is not null)
                throw Refuse("CreateUserPoolDomain", "InvalidParameterException", "Domain already associated with another user pool.");
            if (request.CustomDomainConfig is { } config)
            {
                Assert.Null(pool.Custom);
                pool.Custom = new FakeCustomDomain { Name = request.Domain, CertificateArn = config.CertificateArn! };
                return new CreateUserPoolDomainResponse("d111.cloudfront.net");
            }

            Assert.Null(pool.Prefix);
            pool.Prefix = request.Domain;
            return new CreateUserPoolDomainResponse(null);
        });

    public Task<DescribeUserPoolDomainResponse> DescribeUserPoolDomainAsync(DescribeUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DescribeUserPoolDomain", cancellationToken, () => new DescribeUserPoolDomainResponse(FindDomain(request.Domain) ?? new DomainDescription()));

    public Task<UpdateUserPoolDomainResponse> UpdateUserPoolDomainAsync(UpdateUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("UpdateUserPoolDomain", cancellationToken, () =>
        {
            var custom = Find("UpdateUserPoolDomain", request.UserPoolId).Custom!;
            custom.CertificateArn = request.CustomDomainConfig!.CertificateArn!;
            custom.SecurityPolicy = request.CustomDomainConfig.OtherMembers?.TryGetValue("SecurityPolicy", out var policy) == true ? policy.GetString() : null;
            return new UpdateUserPoolDomainResponse("d111.cloudfront.net");
        });

    public Task DeleteUserPoolDomainAsync(DeleteUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DeleteUserPoolDomain", cancellationToken, () =>
        {
            var pool = Find("DeleteUserPoolDomain", request.UserPoolId);
            if (pool.Prefix == request.Domain)
                pool.Prefix = null;
            else if (pool.Custom?.Name == request.Domain)
                pool.Custom = null;
            else
                throw Refuse("DeleteUserPoolDomain", "InvalidParameterException", "No such domain or user pool exists.");

            OtherDomains[request.Domain] = (pool.Id, Now + DomainLeavesAfter.Ticks);
            return true;
        });

    public Task<CreateResourceServerResponse> CreateResourceServerAsync(CreateResourceServerRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("CreateResourceServer", cancellationToken, () =>
        {
            var pool = Find("CreateResourceServer", request.UserPoolId);
            if (pool.Servers.Any(server => server.Identifier == request.Identifier))
                throw Refuse("CreateResourceServer", "InvalidParameterException", $"{request.Identifier} already exists in user pool.");
            if (pool.Servers.Count == 25)
                throw Refuse("CreateResourceServer", "LimitExceededException", "Resource server limit exceeded.");
            pool.Servers.Add(new ResourceServer { Identifier = request.Identifier, Name = request.Name, Scopes = request.Scopes });
            return new CreateResourceServerResponse(pool.Servers[^1]);
        });

    public Task<DescribeResourceServerResponse> DescribeResourceServerAsync(DescribeResourceServerRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DescribeResourceServer", cancellationToken, () => new DescribeResourceServerResponse(
            Find("DescribeResourceServer", request.UserPoolId).Servers.Single(server => server.Identifier == request.Identifier)));

    public Task<ListResourceServersResponse> ListResourceServersAsync(ListResourceServersRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("ListResourceServers", cancellationToken, () =>
        {
            var (page, next) = Page(Find("ListResourceServers", request.UserPoolId).Servers, request.MaxResults, 50, request.NextToken);
            return new ListResourceServersResponse(page, next);
        });

    public Task<UpdateResourceServerResponse> UpdateResourceServerAsync(UpdateResourceServerRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("UpdateResourceServer", cancellationToken, () =>
        {
            var servers = Find("UpdateResourceServer", request.UserPoolId).Servers;
            var index = servers.FindIndex(server => server.Identifier == request.Identifier);
            servers[index] = new ResourceServer
            {
                Identifier = request.Identifier,
                Name = request.Name,
                Scopes = request.Scopes,
                OtherMembers = request.OtherMembers,
            };
            return new UpdateResourceServerResponse(servers[index]);
        });

    public Task DeleteResourceServerAsync(DeleteResourceServerRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DeleteResourceServer", cancellationToken, () =>
            Find("DeleteResourceServer", request.UserPoolId).Servers.RemoveAll(server => server.Identifier == request.Identifier));

    public Task<CreateUserPoolClientResponse> CreateUserPoolClientAsync(CreateUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("CreateUserPoolClient", cancellationToken, () =>
        {
            var pool = Find("CreateUserPoolClient", request.UserPoolId);
            CheckScopes("CreateUserPoolClient", pool, request.AllowedOAuthScopes);
            var client = AddClient(pool, request.ClientName, request.GenerateSecret == true);
            client.Settings = new UserPoolClient
            {
                ExplicitAuthFlows = request.ExplicitAuthFlows ?? ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"],
                AllowedOAuthFlows = request.AllowedOAuthFlows,
                AllowedOAuthScopes = request.AllowedOAuthScopes,
                AllowedOAuthFlowsUserPoolClient = request.AllowedOAuthFlowsUserPoolClient ?? false,
                AccessTokenValidity = request.AccessTokenValidity,
                TokenValidityUnits = request.TokenValidityUnits,
            };
            return new CreateUserPoolClientResponse(Describe(client));
        });

    public Task<DescribeUserPoolClientResponse> DescribeUserPoolClientAsync(DescribeUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DescribeUserPoolClient", cancellationToken, () => new DescribeUserPoolClientResponse(
            Describe(FindClient("DescribeUserPoolClient", request.UserPoolId, request.ClientId))));

    public Task<ListUserPoolClientsResponse> ListUserPoolClientsAsync(ListUserPoolClientsRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("ListUserPoolClients", cancellationToken, () =>
        {
            var (page, next) = Page(Find("ListUserPoolClients", request.UserPoolId).Clients, request.MaxResults, 60, request.NextToken);
            return new ListUserPoolClientsResponse([.. page.Select(client => new UserPoolClientDescription { ClientId = client.Id, ClientName = client.Name })], next);
        });

    public Task<UpdateUserPoolClientResponse> UpdateUserPoolClientAsync(UpdateUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("UpdateUserPoolClient", cancellationToken, () =>
        {
            var client = FindClient("UpdateUserPoolClient", request.UserPoolId, request.ClientId);
            CheckScopes("UpdateUserPoolClient", Find("UpdateUserPoolClient", request.UserPoolId), request.AllowedOAuthScopes);
            client.Settings = new UserPoolClient
            {
                ExplicitAuthFlows = request.ExplicitAuthFlows ?? ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"],
                AllowedOAuthFlows = request.AllowedOAuthFlows,
                AllowedOAuthScopes = request.AllowedOAuthScopes,
                AllowedOAuthFlowsUserPoolClient = request.AllowedOAuthFlowsUserPoolClient ?? false,
                AccessTokenValidity = request.AccessTokenValidity,
                TokenValidityUnits = request.TokenValidityUnits,
                OtherMembers = request.OtherMembers,
            };
            return new UpdateUserPoolClientResponse(Describe(client));
        });

    public Task DeleteUserPoolClientAsync(DeleteUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DeleteUserPoolClient", cancellationToken, () =>
        {
            var pool = Find("DeleteUserPoolClient", request.UserPoolId);
            return pool.Clients.Remove(FindClient("DeleteUserPoolClient", request.UserPoolId, request.ClientId));
        });

    public Task<AddUserPoolClientSecretResponse> AddUserPoolClientSecretAsync(AddUserPoolClientSecretRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("AddUserPoolClientSecret", cancellationToken, () =>
        {
            var client = FindClient("AddUserPoolClientSecret", request.UserPoolId, request.ClientId);
            if (client.Secrets.Count == 2)
                throw Refuse("AddUserPoolClientSecret", "LimitExceededException", "Too many secrets.");
            return new AddUserPoolClientSecretResponse(AddSecret(client));
        });

    public Task<ListUserPoolClientSecretsResponse> ListUserPoolClientSecretsAsync(ListUserPoolClientSecretsRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("ListUserPoolClientSecrets", cancellationToken, () => new ListUserPoolClientSecretsResponse(
            [.. FindClient("ListUserPoolClientSecrets", request.UserPoolId, request.ClientId).Secrets.Select(secret => secret with { ClientSecretValue = null })], null));

    public Task DeleteUserPoolClientSecretAsync(DeleteUserPoolClientSecretRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("DeleteUserPoolClientSecret", cancellationToken, () =>
        {
            var client = FindClient("DeleteUserPoolClientSecret", request.UserPoolId, request.ClientId);
            if (client.Secrets.Count == 1)
                throw Refuse("DeleteUserPoolClientSecret", "InvalidParameterException", "The last secret cannot be deleted.");
            return client.Secrets.RemoveAll(secret => secret.ClientSecretId == request.ClientSecretId);
        });

    public Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("TagResource", cancellationToken, () =>
        {
            var pool = Pools.Single(pool => request.ResourceArn == Arn(pool));
            foreach (var (key, value) in request.Tags)
                pool.Tags[key] = value;
            return true;
        });

    public Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<GetClientTokenResponse> GetClientTokenAsync(GetClientTokenRequest request, CancellationToken cancellationToken = default) =>
        AnswerAsync("GetClientToken", cancellationToken, () =>
        {
            var client = Pools.SelectMany(pool => pool.Clients).FirstOrDefault(client => client.Id == request.ClientId);
            if (client?.Secrets.Any(secret => secret.ClientSecretValue == request.Secret) != true)
                throw Refuse("GetClientToken", "NotAuthorizedException", "Invalid client or secret");
            if (client.Settings.ExplicitAuthFlows is not ["ALLOW_CLIENT_TOKEN_AUTH"])
                throw Refuse("GetClientToken", "NotAuthorizedException", "Flow not enabled for this client.");
            return new GetClientTokenResponse(new() { AccessToken = FakeToken.With(request.Scopes ?? []), ExpiresIn = 3600, TokenType = "Bearer" });
        });

    private long Now => time.GetElapsedTime(0).Ticks;

    private static string Arn(FakePool pool) => $"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{pool.Id}";

    private static UserPool Describe(FakePool pool) => new()
    {
        Id = pool.Id,
        Name = pool.Name,
        Arn = Arn(pool),
        CreationDate = 1689721665.239,
        DeletionProtection = pool.IsProtected ? "ACTIVE" : "INACTIVE",
        UserPoolTier = pool.Tier,
        UserPoolTags = pool.Tags.Count == 0 ? null : new Dictionary<string, string>(pool.Tags),
        Domain = pool.Prefix,
        CustomDomain = pool.Custom?.Name,
        OtherMembers = new Dictionary<string, JsonElement>(pool.Others)
        {
            ["EstimatedNumberOfUsers"] = Json("0"),
            ["LastModifiedDate"] = Json("1689721665.239"),
            ["SchemaAttributes"] = Json("[]"),
        },
    };

    private static UserPoolClient Describe(FakeClient client) => client.Settings with
    {
        ClientId = client.Id,
        ClientName = client.Name,
        // Secrets that were added later never show here.
        ClientSecret = client.Secrets.FirstOrDefault(secret => secret.ClientSecretId == $"{client.Id}--1")?.ClientSecretValue,
        OtherMembers = new Dictionary<string, JsonElement>(client.Settings.OtherMembers ?? new Dictionary<string, JsonElement>())
        {
            ["CreationDate"] = Json("1689721665.239"),
            ["LastModifiedDate"] = Json("1689721665.239"),
            ["UserPoolId"] = Json("\"some\""),
        },
    };

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static ClientSecretDescriptor AddSecret(FakeClient client)
    {
        client.SecretsMade++;
        client.Secrets.Add(new()
        {
            ClientSecretId = $"{client.Id}--{client.SecretsMade}",
            ClientSecretValue = $"marker{client.Id}secret{client.SecretsMade}",
            ClientSecretCreateDate = client.SecretsMade,
        });
        return client.Secrets[^1];
    }

    private static void CheckScopes(string operation, FakePool pool, IReadOnlyList<string>? scopes)
    {
        var declared = pool.Servers.SelectMany(server => (server.Scopes ?? []).Select(scope => $"{server.Identifier}/{scope.ScopeName}"));
        if ((scopes ?? []).Except(declared).FirstOrDefault() is { } unknown)
            throw Refuse(operation, "ScopeDoesNotExistException", $"Invalid scope requested: {unknown}");
    }

    private static CognitoProvisioningException Refuse(string operation, string code, string message) =>
        CognitoProvisioningException.FromService(operation, code, message);

    private string NextId(string prefix) => $"{prefix}{++_lastId}";

    private FakePool Find(string operation, string id) =>
        Pools.FirstOrDefault(pool => pool.Id == id) ?? throw Refuse(operation, "ResourceNotFoundException", $"User pool {id} does not exist.");

    private FakeClient FindClient(string operation, string poolId, string id) =>
        Find(operation, poolId).Clients.FirstOrDefault(client => client.Id == id)
        ?? throw Refuse(operation, "ResourceNotFoundException", $"User pool client {id} does not exist.");

    private DomainDescription? FindDomain(string name)
    {
        if (OtherDomains.TryGetValue(name, out var other) && other.GoneAt > Now)
            return new() { Domain = name, UserPoolId = other.PoolId, Status = Pools.Any(pool => pool.Id == other.PoolId) ? "DELETING" : "ACTIVE" };

        var pool = Pools.FirstOrDefault(pool => pool.Prefix == name || pool.Custom?.Name == name);
        if (pool is null)
            return null;

        var custom = pool.Custom?.Name == name ? pool.Custom : null;
        return new()
        {
            Domain = name,
            UserPoolId = pool.Id,
            Status = "ACTIVE",
            CloudFrontDistribution = "d111.cloudfront.net",
            CustomDomainConfig = custom is null ? null : new()
            {
                CertificateArn = custom.CertificateArn,
                OtherMembers = custom.SecurityPolicy is null ? null : new Dictionary<string, JsonElement> { ["SecurityPolicy"] = Json($"\"{custom.SecurityPolicy}\"") },
            },
        };
    }

    private (List<T> Items, string? Next) Page<T>(List<T> all, int? maxResults, int most, string? token)
    {
        Assert.InRange(maxResults ?? most, 1, most);
        if (ServesMeagrePages && token is null)
            return ([], "0");

        var start = token is null ? 0 : int.Parse(token);
        var size = ServesMeagrePages ? 1 : maxResults ?? most;
        return (all.Skip(start).Take(size).ToList(), start + size < all.Count ? $"{start + size}" : null);
    }

#pragma warning disable CA1068 // The answer reads best as the last argument.
    private async Task<T> AnswerAsync<T>(string operation, CancellationToken cancellationToken, Func<T> answer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add(operation);
        if (Fault?.Invoke(operation) is { } fault)
            throw fault;
        if (EnforcesQuotas)
            Count(operation);

        var result = answer();
        await Task.Yield();
        if (Calls.Count == DiesAfter)
            throw new DiedException();
        return result;
    }
#pragma warning restore CA1068

    private void Count(string operation)
    {
        var isRead = operation.StartsWith("Describe", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal);
        var thing = operation is "ListUserPools" || operation.EndsWith("UserPool", StringComparison.Ordinal) ? "Pool"
            : operation.Contains("UserPoolClient", StringComparison.Ordinal) ? "Client" : "Resource";
        var category = $"{thing} {isRead}";
        var perSecond = (thing, isRead) == ("Resource", true) ? 20 : 15;
        var perSecondAndPool = thing == "Pool" ? perSecond : 5;
        if (!_requests.TryGetValue(category, out var requests))
            _requests[category] = requests = [];

        requests.RemoveAll(request => request.At <= Now - TimeSpan.TicksPerSecond);
        if (requests.Count >= perSecond || requests.Count(request => request.Operation == operation) >= perSecondAndPool)
        {
            Throttled++;
            throw Refuse(operation, "TooManyRequestsException", "Rate exceeded");
        }

        requests.Add((Now, operation));
    }
}

/// <summary>What remains of a process that was killed.</summary>
internal sealed class DiedException : Exception;

internal sealed class FakePool
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public bool IsProtected { get; set; }

    public string Tier { get; set; } = "ESSENTIALS";

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public string? Prefix { get; set; }

    public FakeCustomDomain? Custom { get; set; }

    public List<ResourceServer> Servers { get; } = [];

    public List<FakeClient> Clients { get; } = [];

    public IDictionary<string, JsonElement> Others { get; set; } = new Dictionary<string, JsonElement>();
}

internal sealed class FakeCustomDomain
{
    public required string Name { get; init; }

    public required string CertificateArn { get; set; }

    public string? SecurityPolicy { get; set; }
}

internal sealed class FakeClient
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public UserPoolClient Settings { get; set; } = new();

    public List<ClientSecretDescriptor> Secrets { get; } = [];

    public int SecretsMade { get; set; }
}
