using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CognitoM2M.Benchmarks;

/// <summary>The file of the option <c>--json FILE</c>, which takes the results.</summary>
internal sealed class JsonFile(string path)
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>
    /// Parses the arguments of a command whose only option is <c>--json FILE</c>. Prints an error if there is something else.
    /// </summary>
    public static bool TryParse(string[] args, out JsonFile? file)
    {
        file = args is ["--json", var path] ? new JsonFile(path) : null;
        if (file is null && args.Length > 0)
        {
            Console.Error.WriteLine("The only option is --json FILE.");
            return false;
        }

        return file is null || file.CanBeWritten();
    }

    /// <summary>Checks before the measurement that the file can be written.</summary>
    private bool CanBeWritten()
    {
        try
        {
            // Opening the file this way keeps figures of an earlier run.
            File.OpenWrite(path).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine($"The figures cannot be written to {path}: {error.Message}");
            return false;
        }
    }

    public void Write<T>(T results) => File.WriteAllText(path, Serialize(results));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Benchmarks are not trimmed.")]
    public static string Serialize<T>(T results) => JsonSerializer.Serialize(results, _indented);
}
