using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>What a service needs to sign in as a technical user. <see cref="ToString"/> leaves the password out.</summary>
public sealed record UserCredentials
{
    /// <summary>The name of the app client, under which services find their settings.</summary>
    /// <value>Null if the caller named no app client. Sinks that store passwords by this name then refuse the password.</value>
    public required string? ClientName { get; init; }

    /// <summary>The id of the app client that the user signs in with.</summary>
    /// <value>Null if <see cref="ClientName"/> is null.</value>
    public required string? ClientId { get; init; }

    /// <summary>The id of the user pool, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The region code of the user pool, such as <c>eu-west-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Whether to use the host names of FIPS endpoints.</summary>
    public bool UseFips { get; init; }

    /// <summary>The address of an emulator.</summary>
    /// <value>Null on AWS, where the address follows from <see cref="Region"/> and <see cref="UseFips"/>.</value>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The name that the user signs in with.</summary>
    /// <value>Null if only the other settings are stored. A sink then keeps the user name and the password that it holds for the app client.</value>
    public string? Username { get; init; }

    /// <summary>The password of the user.</summary>
    /// <value>Null if <see cref="Username"/> is null.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; init; }

    /// <summary>Whether the password may replace a secret or a password of another app client that the sink holds under the same name.</summary>
    public bool MayReplaceOther { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Username ?? "no user"} at {ClientName ?? "no app client"}";
}
