using System.Globalization;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>A user pool with all the settings that a user pool with machines and users can have, made through the API.</summary>
internal sealed class VariedUserPool : IDisposable
{
    public const string Name = "varied, pool+1";
    public const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:claims:live";
    public const string Key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    public const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/one";
    public const string GivenSecret = "chosen_elsewhere+0123456789";

    private VariedUserPool(CognitoEmulator cognito) => Api = new(cognito);

    public RawUserPoolApi Api { get; }

    public string Id { get; private set; } = "";

    public static async Task<VariedUserPool> CreateAsync(CognitoEmulator cognito, bool isTagged)
    {
        var pool = new VariedUserPool(cognito);
        var tags = new Dictionary<string, string> { ["team"] = "core", ["path/to:it"] = "a=b @c", ["cost-centre é"] = "", ["odd#key"] = "1", ["odd value"] = "a;b" };
        if (isTagged)
            tags[OwnershipTag.Key] = OwnershipTag.Created;

        var created = await pool.Api.CallAsync("CreateUserPool", new
        {
            PoolName = Name,
            UserPoolTags = tags,
            DeletionProtection = "ACTIVE",
            UserPoolTier = "PLUS",
            MfaConfiguration = "OPTIONAL",
            IssuerConfiguration = new { Type = "UPDATED" },
            KeyConfiguration = new { KeyType = "CUSTOMER_MANAGED_KEY", KmsKeyArn = Key },
            AutoVerifiedAttributes = new[] { "email" },
            AliasAttributes = new[] { "email" },
            UserPoolAddOns = new { AdvancedSecurityMode = "AUDIT" },
            LambdaConfig = new
            {
                PreTokenGeneration = Function,
                PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V3_0" },
            },
        });
        pool.Id = created.GetProperty("UserPool").GetProperty(nameof(Id)).GetString()!;
        await pool.AddDomainsAsync();
        await pool.AddResourceServersAsync();
        await pool.AddMachineClientsAsync();
        await pool.AddForeignClientsAsync();
        return pool;
    }

    public async Task<string> CreateClientAsync(object input)
    {
        var created = await Api.CallAsync("CreateUserPoolClient", input);
        return created.GetProperty("UserPoolClient").GetProperty("ClientId").GetString()!;
    }

    /// <summary>An app client that gets tokens with client credentials.</summary>
    public Task<string> CreateMachineAsync(string name, string scope, int validity, string unit, params string[] logoutUrls) => CreateClientAsync(new
    {
        UserPoolId = Id,
        ClientName = name,
        GenerateSecret = true,
        ExplicitAuthFlows = new[] { "ALLOW_REFRESH_TOKEN_AUTH" },
        AllowedOAuthFlowsUserPoolClient = true,
        AllowedOAuthFlows = new[] { "client_credentials" },
        AllowedOAuthScopes = new[] { scope },
        AccessTokenValidity = validity,
        TokenValidityUnits = new { AccessToken = unit },
        LogoutURLs = logoutUrls,
    });

    public void Dispose() => Api.Dispose();

    private async Task AddDomainsAsync()
    {
        await Api.CallAsync("CreateUserPoolDomain", new { UserPoolId = Id, Domain = "varied-m2m", ManagedLoginVersion = 2 });
        await Api.CallAsync("CreateUserPoolDomain", new
        {
            UserPoolId = Id,
            Domain = "auth.varied.example",
            ManagedLoginVersion = 1,
            CustomDomainConfig = new { CertificateArn = Certificate, SecurityPolicy = "TLS_V1_3_2025" },
        });
    }

    private async Task AddResourceServersAsync()
    {
        await AddServerAsync("orders", "Orders", ("read", "Read orders"), ("write", "Two\nlines \"quoted\" \u202E ${HOME} $${X}"));
        await AddServerAsync("https://api.varied.example/v1", "Varied API, v=1", ("a:b", "Colon"), ("x.{y}", "Braces"));
        await AddServerAsync("${HOME}", "tab\there", ("read", "Dollar"));
        await AddServerAsync("empty", "Empty");
        await AddServerAsync("many", "Many", [.. Enumerable.Range(0, 60).Select(i => (i.ToString("d2", CultureInfo.InvariantCulture), $"Scope {i}"))]);
    }

    private async Task AddServerAsync(string identifier, string name, params (string Name, string Description)[] scopes) => await Api.CallAsync("CreateResourceServer", new
    {
        UserPoolId = Id,
        Identifier = identifier,
        Name = name,
        Scopes = scopes.Select(scope => new { ScopeName = scope.Name, ScopeDescription = scope.Description }),
    });

    private async Task AddMachineClientsAsync()
    {
        await CreateMachineAsync("one day", "orders/read", 1, "days");
        await CreateMachineAsync("hours", "https://api.varied.example/v1/a:b", 2, "hours");
        await CreateMachineAsync("minutes", "https://api.varied.example/v1/x.{y}", 90, "minutes", "http://varied.example/without-tls");
        await CreateMachineAsync("seconds,+=@.-_", "${HOME}/read", 301, "seconds");
        await CreateClientAsync(new
        {
            UserPoolId = Id,
            ClientName = "operation only",
            GenerateSecret = true,
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            AllowedOAuthScopes = new[] { "orders/write" },
        });
        await CreateClientAsync(new
        {
            UserPoolId = Id,
            ClientName = "both, chosen secret, all token settings",
            ClientSecret = GivenSecret,
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = Enumerable.Range(0, 50).Select(i => $"many/{i.ToString("d2", CultureInfo.InvariantCulture)}"),
            AccessTokenValidity = 5,
            IdTokenValidity = 600,
            RefreshTokenValidity = 90,
            TokenValidityUnits = new { AccessToken = "minutes", IdToken = "seconds", RefreshToken = "minutes" },
            EnableTokenRevocation = false,
            PreventUserExistenceErrors = "ENABLED",
            AuthSessionValidity = 15,
            RefreshTokenRotation = new { Feature = "ENABLED", RetryGracePeriodSeconds = 5 },
            CallbackURLs = new[] { "https://varied.example/back" },
            SupportedIdentityProviders = new[] { "COGNITO" },
        });
        // As the usual tools create an app client for machines: without a list of sign-in flows.
        await CreateClientAsync(new
        {
            UserPoolId = Id,
            ClientName = "terraform",
            GenerateSecret = true,
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = new[] { "orders/read" },
        });
        var rotated = await CreateMachineAsync("rotated", "orders/read", 1, "hours");
        await Api.CallAsync("AddUserPoolClientSecret", new { UserPoolId = Id, ClientId = rotated });
        var secrets = await Api.CallAsync("ListUserPoolClientSecrets", new { UserPoolId = Id, ClientId = rotated });
        var oldest = secrets.GetProperty("ClientSecrets").EnumerateArray().First().GetProperty("ClientSecretId").GetString();
        await Api.CallAsync("DeleteUserPoolClientSecret", new { UserPoolId = Id, ClientId = rotated, ClientSecretId = oldest });
    }

    private async Task AddForeignClientsAsync()
    {
        await CreateClientAsync(new { UserPoolId = Id, ClientName = "public app", ExplicitAuthFlows = new[] { "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" } });
        await CreateClientAsync(new
        {
            UserPoolId = Id,
            ClientName = "web",
            GenerateSecret = true,
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "code" },
            AllowedOAuthScopes = new[] { "openid", "orders/read" },
            CallbackURLs = new[] { "https://varied.example/back" },
        });
        await CreateMachineAsync("same", "orders/read", 1, "hours");
        await CreateMachineAsync("same", "orders/read", 1, "hours");
        await CreateMachineAsync("Case", "orders/read", 1, "hours");
        await CreateMachineAsync("case", "orders/read", 1, "hours");
        await CreateMachineAsync("tab\tin name", "orders/read", 1, "hours");
        await AddStaleClientAsync();
        await CreateClientAsync(new { UserPoolId = Id, ClientName = "without scopes", GenerateSecret = true, ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" } });
        await CreateClientAsync(new
        {
            UserPoolId = Id,
            ClientName = "switched off",
            GenerateSecret = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = new[] { "orders/read" },
        });
    }

    // The app client keeps a scope that its resource server loses afterwards.
    private async Task AddStaleClientAsync()
    {
        var gone = new[] { new { ScopeName = "gone", ScopeDescription = "Gone" } };
        await Api.CallAsync("UpdateResourceServer", new { UserPoolId = Id, Identifier = "empty", Name = "Empty", Scopes = gone });
        await CreateMachineAsync("stale scope", "empty/gone", 1, "hours");
        await Api.CallAsync("UpdateResourceServer", new { UserPoolId = Id, Identifier = "empty", Name = "Empty" });
    }
}
