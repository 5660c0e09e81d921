using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>Everything that a service needs to get tokens. <see cref="ToString"/> leaves the secret out.</summary>
public sealed record AppClientCredentials
{
    /// <summary>The name of the app client in the blueprint.</summary>
    public required string ClientName { get; init; }

    /// <summary>The id of the app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret of the app client.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string ClientSecret { get; init; }

    /// <summary>The id of the secret: <c>{client id}--{seconds since 1970}</c>.</summary>
    /// <value>Null for the first secret of an app client that was never rotated.</value>
    public string? ClientSecretId { get; init; }

    /// <summary>The secret that a rotation is about to add to the app client. After an interruption it shows whether the rotation has added it.</summary>
    /// <value>Null if no rotation has begun, or if this is the new secret itself. A sink keeps it beside the secret until the next secret is stored.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PendingSecret { get; init; }

    /// <summary>The id of the user pool, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>Whether the secret may replace the secret of another app client that the sink holds under the same name.</summary>
    public bool MayReplaceOther { get; init; }

    /// <summary>How the app client gets its tokens.</summary>
    public required AppClientRoute Route { get; init; }

    /// <summary>The region code of the user pool, such as <c>eu-west-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The domain: the prefix, or the host name of a custom domain.</summary>
    /// <value>Null if the blueprint has no domain, and for <see cref="AppClientRoute.GetClientToken"/>.</value>
    public string? Domain { get; init; }

    /// <summary>Whether to use the host names of FIPS endpoints.</summary>
    public bool UseFips { get; init; }

    /// <summary>The address of token requests on an emulator.</summary>
    /// <value>Null on AWS, where the address follows from <see cref="Domain"/>, <see cref="Region"/> and <see cref="UseFips"/>.</value>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The scopes that the app client is allowed, each <c>resource-server/scope</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>These credentials with the secret that a sink holds, if it holds one of this app client.</summary>
    /// <param name="held">What the sink holds for <see cref="ClientId"/>; null if it holds nothing.</param>
    /// <returns>
    /// The same credentials if the sink holds nothing, or no value that it can read. If it holds the same secret, what it knows about the
    /// secret is added.
    /// </returns>
    public AppClientCredentials Keep(HeldSecret? held) => held switch
    {
        not { ClientSecret.Length: > 0 } => this,
        { ClientSecret: { } secret } when secret != ClientSecret =>
            this with { ClientSecret = secret, ClientSecretId = held.ClientSecretId, PendingSecret = held.PendingSecret },
        _ => this with { ClientSecretId = ClientSecretId ?? held.ClientSecretId, PendingSecret = PendingSecret ?? held.PendingSecret },
    };

    /// <inheritdoc/>
    public override string ToString() => $"{ClientName} ({ClientId})";
}
