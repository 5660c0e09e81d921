using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Tenants;

/// <summary>The issuer and the app client that a token names. The signature was not verified, so anybody can have written it.</summary>
/// <param name="Issuer">The issuer: an http or https address of printable characters.</param>
/// <param name="ClientId">The app client: letters and digits.</param>
internal sealed record TenantKey(string Issuer, string ClientId)
{
    /// <summary>Reads issuer and app client of a token; null if the text is not a token, or if no user pool can have issued it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="maxTokenLength">The longest token that is read.</param>
    /// <param name="clientClaim">The claim that names the app client.</param>
    public static TenantKey? Read(ReadOnlySpan<char> token, int maxTokenLength, string clientClaim)
    {
        if (TokenParser.Parse(token, maxTokenLength, out var parsed) is not null
            || ClaimReader.ReadIssuer(parsed!.Payload, out var issuer) is not null
            || !UnverifiedClaims.IsIssuer(issuer)
            || !parsed.Payload.TryGetProperty(clientClaim, out var client)
            || client.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return client.GetString() is { } clientId && CognitoNames.IsClientId(clientId) ? new TenantKey(issuer, clientId) : null;
    }
}
