using System.Text.Json;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>
/// The parameter <c>aws_client_metadata</c>: a JSON object of texts. Cognito passes it to a trigger. The emulator has no triggers and only
/// checks the form.
/// </summary>
internal static class ClientMetadata
{
    public static bool IsValid(string? json)
    {
        if (json is null)
            return true;

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
