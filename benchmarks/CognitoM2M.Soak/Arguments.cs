using System.Globalization;

namespace CognitoM2M.Soak;

/// <summary>The command line arguments.</summary>
/// <param name="Duration">The duration of the run. Faults occur all the time.</param>
/// <param name="Seed">The seed of the random faults. The same seed produces the same faults.</param>
/// <param name="JsonFile">The file to write the figures to; null to write none.</param>
internal sealed record Arguments(TimeSpan Duration, int Seed, string? JsonFile)
{
    public const string Usage =
        """
        dotnet run -c Release --project benchmarks/CognitoM2M.Soak -- [--minutes N] [--seed N] [--json FILE]
            Runs hundreds of callers against an emulated Cognito that fails in many ways, for N minutes (default 2).
            Exit code 1 if a promise was broken. Pass the printed seed to repeat the same faults (default: a random seed).
        """;

    /// <summary>Checks before the run that the file can be written.</summary>
    /// <returns>The error; null if the file can be written.</returns>
    public string? FindJsonFileError()
    {
        try
        {
            if (JsonFile is not null)
                File.OpenWrite(JsonFile).Dispose();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"The figures cannot be written to {JsonFile}: {error.Message}";
        }
    }

    /// <returns>Null if the arguments are wrong.</returns>
    public static Arguments? TryParse(string[] args)
    {
        var arguments = new Arguments(TimeSpan.FromMinutes(2), Random.Shared.Next(1_000_000), JsonFile: null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                return null;

            var value = args[i + 1];
            switch (args[i])
            {
                case "--minutes" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < 10_000:
                    arguments = arguments with { Duration = TimeSpan.FromMinutes(minutes) };
                    break;
                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                    arguments = arguments with { Seed = seed };
                    break;
                case "--json" when value.Length > 0 && !value.StartsWith("--", StringComparison.Ordinal):
                    arguments = arguments with { JsonFile = value };
                    break;
                default:
                    return null;
            }
        }

        return arguments;
    }
}
