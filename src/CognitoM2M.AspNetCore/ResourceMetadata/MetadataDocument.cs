using System.Buffers;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.ResourceMetadata;

/// <summary>The metadata of a protected resource as JSON (RFC 9728, section 2).</summary>
internal static class MetadataDocument
{
    public static byte[] Write(string resource, CognitoM2MAuthenticationOptions settings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("resource", resource);
            WriteList(json, "authorization_servers", settings.AuthorizationServers is { Count: > 0 } given ? [.. given] : FindIssuers(settings, settings.Verifier.KeySets));
            WriteList(json, "scopes_supported", [.. settings.ScopesSupported ?? []]);
            WriteList(json, "bearer_methods_supported", ["header"]);
            if (settings.ResourceName is { } name)
                json.WriteString("resource_name", name);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Finds the issuers of the trusted user pools.</summary>
    /// <param name="settings">The options of a request.</param>
    /// <param name="keySets">The key sets of the verifier. After a change it may follow newer options, which do not name the same user pools.</param>
    public static IReadOnlyList<string> FindIssuers(CognitoM2MAuthenticationOptions settings, IReadOnlyList<CognitoKeySetStatus> keySets) =>
        [.. settings.TrustedPools.Select(pool => pool.Issuer ?? FindIssuer(pool.UserPoolId!, keySets))];

    // The form of issuer under which the user pool has keys is the one that it uses. Before the first download, the usual form is named.
    private static string FindIssuer(string userPoolId, IReadOnlyList<CognitoKeySetStatus> keySets) =>
        keySets.FirstOrDefault(keys => keys.UsableKeys > 0 && keys.Issuer.EndsWith($"/{userPoolId}", StringComparison.Ordinal))?.Issuer
        ?? CognitoAddresses.Issuer(userPoolId, isUpdatedForm: false);

    // A member without values is left out (RFC 9728, section 3.2).
    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
