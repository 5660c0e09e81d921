using System.Collections.Immutable;
using System.Text.Json;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>
/// The parameter <c>aws_client_metadata</c>: a JSON object of texts. Cognito passes it to the pre token generation trigger.
/// </summary>
internal static class ClientMetadata
{
    private static readonly ImmutableDictionary<string, string> _none = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <returns>Empty if the parameter was not sent; null if it is not a JSON object of texts.</returns>
    public static IReadOnlyDictionary<string, string>? Read(string? json)
    {
        if (json is null)
            return _none;

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;

            var metadata = _none.ToBuilder();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String)
                    return null;
                metadata[member.Name] = member.Value.GetString()!;
            }

            return metadata.ToImmutable();
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // The text has half of a surrogate pair, so it is not valid Unicode.
            return null;
        }
    }
}
