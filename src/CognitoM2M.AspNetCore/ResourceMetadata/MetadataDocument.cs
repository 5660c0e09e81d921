using System.Buffers;
using System.Text.Json;
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
            WriteList(json, "authorization_servers", settings.AuthorizationServers is { Count: > 0 } given ? given : FindIssuers(settings));
            if (settings.ScopesSupported is { Count: > 0 } scopes)
                WriteList(json, "scopes_supported", scopes);
            WriteList(json, "bearer_methods_supported", ["header"]);
            if (settings.ResourceName is { } name)
                json.WriteString("resource_name", name);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> FindIssuers(CognitoM2MAuthenticationOptions settings)
    {
        var keySets = settings.Verifier.KeySets;
        return settings.TrustedPools.Select(pool => pool.Issuer ?? FindIssuer(pool, keySets));
    }

    // The form of issuer under which the user pool has keys is the one that it uses. Before the first download, the usual form is named.
    private static string FindIssuer(TrustedUserPool pool, IReadOnlyList<CognitoKeySetStatus> keySets)
    {
        var forms = keySets.Where(keys => keys.Issuer.EndsWith($"/{pool.UserPoolId}", StringComparison.Ordinal)).ToList();
        return (forms.Find(keys => keys.UsableKeys > 0) ?? forms[0]).Issuer;
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
