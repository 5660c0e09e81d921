using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Settings;

/// <summary>
/// Everything a token request says: two entries are one only if Cognito could not tell their requests apart.
/// The secret is in it as a digest, or as where it comes from, so that a key can be kept and compared without keeping the secret.
/// </summary>
internal sealed record TokenEntryKey(
    CognitoTokenRoute Route,
    string Endpoint,
    CognitoClientAuthentication Authentication,
    string ClientId,
    string SecretIdentity,
    string Scopes,
    string Metadata)
{
    public static string DigestOf(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public override string ToString() => $"{ClientId} at {Endpoint} for [{Scopes}]";
}
