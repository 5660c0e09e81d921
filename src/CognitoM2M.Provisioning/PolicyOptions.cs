namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="ProvisioningPolicy.Create"/>.</summary>
public sealed class PolicyOptions
{
    /// <summary>The region code, such as <c>eu-west-1</c>.</summary>
    /// <value>Null by default: every region. A known user pool id has its region in it, which is used instead.</value>
    public string? Region { get; set; }

    /// <summary>The 12 digits of the AWS account.</summary>
    /// <value>Null by default: every account.</value>
    public string? AccountId { get; set; }

    /// <summary>The id of the user pool, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    /// <value>
    /// Null by default: the id in the blueprint, or else every user pool. An external user pool needs an id for every policy that allows changes: it
    /// has no tag that could limit the policy to it.
    /// </value>
    public string? UserPoolId { get; set; }

    /// <summary>Whether the policy allows applying plans. Without it the policy allows planning and reading outputs only.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowApply { get; set; } = true;

    /// <summary>
    /// Whether the policy allows marking a user pool as one that blueprints may change (<see cref="PlanOptions.Adopt"/>). Who may do so can also delete
    /// app clients and resource servers in this user pool. It has no effect without <see cref="AllowApply"/>.
    /// </summary>
    /// <value><see langword="false"/> by default: the policy allows changes of tags only in user pools with the tag, and no other value of the tag.</value>
    public bool AllowAdoption { get; set; }

    /// <summary>
    /// Whether the policy allows deleting: destroying, replacing and pruning. It allows so only on user pools with the tag
    /// <see cref="OwnershipTag.Key"/>.
    /// </summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowDelete { get; set; } = true;

    /// <summary>Whether the policy allows rotating secrets.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowRotation { get; set; } = true;

    /// <summary>The path in AWS Systems Manager Parameter Store where secrets are stored, such as <c>/acme/m2m</c>.</summary>
    /// <value>Null by default: the policy does not allow Parameter Store. It has no effect if neither applying nor rotating is allowed.</value>
    public string? SecretsPath { get; set; }

    /// <summary>The id or the ARN of the KMS key that encrypts the parameters under <see cref="SecretsPath"/>; not an alias.</summary>
    /// <value>Null by default: the key of the account for Parameter Store, which needs no permission.</value>
    public string? SecretsKmsKey { get; set; }
}
