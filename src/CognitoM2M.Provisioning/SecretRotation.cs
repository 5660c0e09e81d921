namespace CognitoM2M.Provisioning;

/// <summary>What a rotation did.</summary>
/// <param name="ClientId">The app client.</param>
/// <param name="OldSecretId">The secret that was removed.</param>
/// <param name="NewSecretId">The secret that is now the only one.</param>
public sealed record SecretRotation(string ClientId, string OldSecretId, string NewSecretId);
