using System.Diagnostics;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>An app client that exists. <see cref="ToString"/> leaves the secret out.</summary>
/// <param name="Name">The name in the blueprint.</param>
/// <param name="ClientId">The id.</param>
/// <param name="Secret">The secret that Cognito shows; null if it shows none, as after a rotation.</param>
internal sealed record ProvisionedAppClient(
    string Name, string ClientId, [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] string? Secret)
{
    public override string ToString() => $"{Name} ({ClientId})";
}
