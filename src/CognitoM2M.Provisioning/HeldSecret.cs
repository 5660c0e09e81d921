using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>A secret that a sink holds. <see cref="ToString"/> leaves the value out.</summary>
public sealed record HeldSecret
{
    /// <summary>The id of the secret: <c>{client id}--{seconds since 1970}</c>.</summary>
    /// <value>Null if the secret was stored without its id.</value>
    public string? ClientSecretId { get; init; }

    /// <summary>The value.</summary>
    /// <value>Null if the sink cannot read the value back.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; init; }

    /// <summary>The secret that a rotation is about to add to the app client. After an interruption it shows whether the rotation has added it.</summary>
    /// <value>Null if no rotation has begun.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PendingSecret { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"HeldSecret {ClientSecretId}";
}
