using System.Text.Json;

namespace CognitoM2M.Soak;

/// <summary>The JSON options for the figures.</summary>
internal static class JsonOptions
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };
}
