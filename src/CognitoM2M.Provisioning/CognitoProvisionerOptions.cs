namespace CognitoM2M.Provisioning;

/// <summary>Settings of a <see cref="CognitoProvisioner"/>.</summary>
public sealed class CognitoProvisionerOptions
{
    /// <summary>The address of a stand-in for Cognito, such as an emulator.</summary>
    /// <value>
    /// Null by default. If set, tokens are asked for at <c>{address}/oauth2/token</c>, and outputs and secrets name that address instead of AWS's.
    /// </value>
    public Uri? EmulatorAddress { get; set; }

    /// <summary>Whether outputs and token requests use FIPS host names.</summary>
    /// <value><see langword="false"/> by default; GovCloud regions use them always.</value>
    public bool UseFips { get; set; }

    /// <summary>How long to go on while Cognito says that others are changing the same thing, or that there are too many requests.</summary>
    /// <value>2 minutes by default.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a deleted domain may take to be gone.</summary>
    /// <value>15 minutes by default.</value>
    public TimeSpan DomainRemovalTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Sends the token requests that prove an app client ready.</summary>
    /// <value>Null by default: a handler of its own, without redirects and cookies. A given one is not disposed.</value>
    public HttpMessageHandler? TokenHttpHandler { get; set; }
}

/// <summary>Settings of one plan.</summary>
public sealed class PlanOptions
{
    /// <summary>Whether a user pool that blueprints have not changed before may be taken over.</summary>
    /// <value><see langword="false"/> by default: such a pool is an error.</value>
    public bool Adopt { get; set; }

    /// <summary>Whether resource servers, app clients and domains that the blueprint does not name are deleted.</summary>
    /// <value><see langword="false"/> by default: they are listed in <see cref="ProvisioningPlan.Unmanaged"/>.</value>
    public bool Prune { get; set; }
}

/// <summary>Settings of one plan that destroys.</summary>
public sealed class DestroyOptions
{
    /// <summary>Whether a user pool without the tag <see cref="OwnershipTag.Key"/> may be deleted.</summary>
    /// <value><see langword="false"/> by default: such a pool is an error.</value>
    public bool IncludeForeign { get; set; }

    /// <summary>Whether deletion protection is switched off first.</summary>
    /// <value><see langword="false"/> by default: a protected pool is an error.</value>
    public bool OverrideDeletionProtection { get; set; }
}

/// <summary>Settings of carrying out a plan.</summary>
public sealed class ApplyOptions
{
    /// <summary>What may be lost.</summary>
    /// <value><see cref="ProvisioningLosses.None"/> by default.</value>
    public ProvisioningLosses Allow { get; set; }

    /// <summary>Where the secrets of the app clients go.</summary>
    /// <value>Null by default: nowhere; they can be read later, as long as they were not rotated.</value>
    public ISecretSink? Secrets { get; set; }

    /// <summary>How to wait until each app client gets a token.</summary>
    /// <value>Null by default: not at all.</value>
    public ReadyOptions? Ready { get; set; }
}

/// <summary>Settings of waiting until app clients get tokens. Each check is a token request, which AWS charges for.</summary>
public sealed class ReadyOptions
{
    /// <summary>How long to wait.</summary>
    /// <value>5 minutes by default. A new custom domain can take an hour.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two requests for the same app client.</summary>
    /// <value>5 seconds by default; more than zero.</value>
    public TimeSpan Interval
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>The age a new domain must have before its name is looked up.</summary>
    /// <value>20 seconds by default: a name asked for too early is remembered as missing, by some resolvers for 15 minutes.</value>
    public TimeSpan FirstLookupAfter { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Settings of a rotation.</summary>
public sealed class RotationOptions
{
    /// <summary>The id of a secret to give up, when the client has two and the sink cannot tell which of them is in use.</summary>
    /// <value>Null by default: such a case is an error that lists both.</value>
    public string? SupersededSecretId { get; set; }

    /// <summary>How long the new secret may take to work.</summary>
    public ReadyOptions Ready { get; set; } = new();
}
