using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CognitoM2M.Benchmarks;

/// <summary>Where <c>--json FILE</c> wants the results.</summary>
internal sealed class JsonFile(string path)
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Reads the arguments of a command that takes nothing else; says so if there is something else.</summary>
    public static bool TryTake(string[] args, out JsonFile? file)
    {
        file = args is ["--json", var path] ? new JsonFile(path) : null;
        if (file is null && args.Length > 0)
        {
            Console.Error.WriteLine("The only option is --json FILE.");
            return false;
        }

        return file is null || file.CanBeWritten();
    }

    /// <summary>Asked before anything is measured, so that no figures are lost.</summary>
    private bool CanBeWritten()
    {
        try
        {
            // Without emptying it: figures may be there already.
            File.OpenWrite(path).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine($"The figures cannot be written to {path}: {error.Message}");
            return false;
        }
    }

    public void Write<T>(T results) => File.WriteAllText(path, Text(results));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Benchmarks are not trimmed.")]
    public static string Text<T>(T results) => JsonSerializer.Serialize(results, _indented);
}
