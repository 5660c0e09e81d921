using System.Text.Json;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>A user pool of a <see cref="FakeCognito"/>.</summary>
internal sealed class FakePool
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Seconds since 1970.</summary>
    public required double CreationDate { get; init; }

    /// <summary>Lists show the user pool from this instant on.</summary>
    public required long ShowsAt { get; set; }

    public string Arn => $"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{Id}";

    public bool IsProtected { get; set; }

    public string Tier { get; set; } = "ESSENTIALS";

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public string? Prefix { get; set; }

    public int? PrefixManagedLoginVersion { get; set; }

    public FakeCustomDomain? Custom { get; set; }

    public IssuerConfiguration? Issuer { get; set; }

    public KeyConfiguration? Key { get; set; }

    public LambdaConfig? Triggers { get; set; }

    public IReadOnlyList<string>? UsernameAttributes { get; set; }

    public AdminCreateUserConfig? UserCreation { get; set; }

    public UserPoolPolicies? Policies { get; set; }

    public List<ResourceServer> Servers { get; } = [];

    public List<FakeClient> Clients { get; } = [];

    /// <summary>The names of the users. Cognito's estimate of their number is <see cref="EstimatedUsers"/>.</summary>
    public List<string> Users { get; } = [];

    public int EstimatedUsers { get; set; }

    /// <summary>The users that <see cref="FakeUsers"/> has created.</summary>
    public List<FakeUser> Accounts { get; } = [];

    public List<string> Groups { get; } = [];

    public List<string> IdentityProviders { get; } = [];

    /// <summary>Settings that provisioning does not know.</summary>
    public IDictionary<string, JsonElement> Others { get; set; } = new Dictionary<string, JsonElement>();
}

/// <summary>A custom domain of a <see cref="FakePool"/>.</summary>
internal sealed class FakeCustomDomain
{
    public required string Name { get; init; }

    public required string CertificateArn { get; set; }

    public string? SecurityPolicy { get; set; }

    public int? ManagedLoginVersion { get; set; }
}

/// <summary>An app client of a <see cref="FakePool"/>.</summary>
internal sealed class FakeClient
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Seconds since 1970.</summary>
    public required double CreationDate { get; init; }

    /// <summary>Lists show the app client from this instant on.</summary>
    public required long ShowsAt { get; init; }

    public UserPoolClient Settings { get; set; } = new();

    public List<ClientSecretDescriptor> Secrets { get; } = [];

    public int SecretsMade { get; private set; }

    public ClientSecretDescriptor AddSecret(string? given = null)
    {
        SecretsMade++;
        Secrets.Add(new()
        {
            ClientSecretId = $"{Id}--{SecretsMade}",
            ClientSecretValue = given ?? $"marker{Id}secret{SecretsMade}",
            ClientSecretCreateDate = SecretsMade,
        });
        return Secrets[^1];
    }
}
