using System.Text.Json;

namespace CognitoM2M.Soak;

/// <summary>How figures are written.</summary>
internal static class JsonOptions
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };
}
