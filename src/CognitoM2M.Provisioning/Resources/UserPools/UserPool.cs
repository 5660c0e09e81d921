using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>A user pool, as DescribeUserPool shows it.</summary>
internal sealed record UserPool
{
    /// <summary>The region, an underscore, letters and digits: <c>eu-west-1_AbCdEfGhI</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public string? Name { get; init; }

    /// <summary><c>arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}</c>.</summary>
    public string? Arn { get; init; }

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public double? CreationDate { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? DeletionProtection { get; init; }

    /// <summary><c>LITE</c>, <c>ESSENTIALS</c> or <c>PLUS</c>.</summary>
    public string? UserPoolTier { get; init; }

    /// <summary>The tags; absent if there are none.</summary>
    public IReadOnlyDictionary<string, string>? UserPoolTags { get; init; }

    /// <summary>The prefix domain; absent if there is none.</summary>
    public string? Domain { get; init; }

    /// <summary>The custom domain; absent if there is none.</summary>
    public string? CustomDomain { get; init; }

    /// <summary>Cognito's estimate of the number of users. It lags behind.</summary>
    public long? EstimatedNumberOfUsers { get; init; }

    /// <summary><c>email</c> and <c>phone_number</c>, if users sign in with them in place of a user name; absent otherwise.</summary>
    public IReadOnlyList<string>? UsernameAttributes { get; init; }

    /// <summary>Who may create users.</summary>
    public AdminCreateUserConfig? AdminCreateUserConfig { get; init; }

    /// <summary>The policies for passwords and for sign-in.</summary>
    public UserPoolPolicies? Policies { get; init; }

    /// <summary>Which of the two issuer forms the user pool uses.</summary>
    public IssuerConfiguration? IssuerConfiguration { get; init; }

    /// <summary>The key that encrypts what Cognito stores of the user pool.</summary>
    public KeyConfiguration? KeyConfiguration { get; init; }

    /// <summary>The Lambda triggers.</summary>
    public LambdaConfig? LambdaConfig { get; init; }

    /// <summary>Every other member that Cognito sent. An update sends them back, because it resets members that it lacks.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }

    /// <summary>What later steps and the outputs must know of the user pool.</summary>
    public ProvisionedUserPool ToProvisioned() => new(Id!, IssuerConfiguration?.Type == TokenSettings.UpdatedIssuer, Arn?.Split(':').ElementAtOrDefault(4));
}

/// <summary>Who may create users.</summary>
internal sealed record AdminCreateUserConfig
{
    /// <summary>Whether users cannot register themselves.</summary>
    public bool? AllowAdminCreateUserOnly { get; init; }

    /// <summary>The older name of <see cref="PasswordPolicy.TemporaryPasswordValidityDays"/>.</summary>
    public int? UnusedAccountValidityDays { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>The policies of a user pool. The policy for sign-in is among the other members.</summary>
internal sealed record UserPoolPolicies
{
    /// <summary>What passwords must be like.</summary>
    public PasswordPolicy? PasswordPolicy { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>What the passwords of users must be like. A flag that a policy leaves out is off.</summary>
internal sealed record PasswordPolicy
{
    /// <summary>6 to 99.</summary>
    public int? MinimumLength { get; init; }

    /// <inheritdoc cref="PasswordPolicyBlueprint.RequireUppercase"/>
    public bool? RequireUppercase { get; init; }

    /// <inheritdoc cref="PasswordPolicyBlueprint.RequireLowercase"/>
    public bool? RequireLowercase { get; init; }

    /// <inheritdoc cref="PasswordPolicyBlueprint.RequireNumbers"/>
    public bool? RequireNumbers { get; init; }

    /// <inheritdoc cref="PasswordPolicyBlueprint.RequireSymbols"/>
    public bool? RequireSymbols { get; init; }

    /// <summary>0 to 24; absent for 0.</summary>
    public int? PasswordHistorySize { get; init; }

    /// <summary>0 to 365 days.</summary>
    public int? TemporaryPasswordValidityDays { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>The form of a user pool's issuer.</summary>
internal sealed record IssuerConfiguration
{
    /// <summary><c>ORIGINAL</c> or <c>UPDATED</c>.</summary>
    public string? Type { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>The key that encrypts what Cognito stores of a user pool.</summary>
internal sealed record KeyConfiguration
{
    /// <summary><c>AWS_OWNED_KEY</c> or <c>CUSTOMER_MANAGED_KEY</c>.</summary>
    public string? KeyType { get; init; }

    /// <summary>The key of the customer; absent for a key that AWS owns.</summary>
    public string? KmsKeyArn { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>The Lambda triggers of a user pool. Triggers that machines never meet are among the other members.</summary>
internal sealed record LambdaConfig
{
    /// <summary>The function that is called before a token is issued, as older requests name it. Equal to the function of the newer member.</summary>
    public string? PreTokenGeneration { get; init; }

    /// <summary>The same function, with the version of its events.</summary>
    public PreTokenGenerationConfig? PreTokenGenerationConfig { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>The function that is called before a token is issued.</summary>
internal sealed record PreTokenGenerationConfig
{
    /// <summary><c>V1_0</c>, <c>V2_0</c> or <c>V3_0</c>. Only V3_0 is called for the tokens of machines.</summary>
    public string? LambdaVersion { get; init; }

    /// <summary>The function.</summary>
    public string? LambdaArn { get; init; }

    /// <inheritdoc cref="UserPool.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>An item of ListUserPools.</summary>
internal sealed record UserPoolDescription
{
    /// <inheritdoc cref="UserPool.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="UserPool.Name"/>
    public string? Name { get; init; }
}
