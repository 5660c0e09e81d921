namespace CognitoM2M.Provisioning;

/// <summary>What narrows a policy.</summary>
public sealed class PolicyOptions
{
    /// <summary>The region; any by default.</summary>
    public string? Region { get; set; }

    /// <summary>The 12 digits of the account; any by default.</summary>
    public string? AccountId { get; set; }

    /// <summary>The pool, once it exists; any by default, or the id in the blueprint.</summary>
    public string? UserPoolId { get; set; }

    /// <summary>Whether the policy allows changes; if not, plans and outputs alone.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowApply { get; set; } = true;

    /// <summary>Whether the policy allows destroying, replacing and pruning.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowDelete { get; set; } = true;

    /// <summary>Whether the policy allows secret rotation.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowRotation { get; set; } = true;
}
