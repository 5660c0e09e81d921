using System.Globalization;

namespace CognitoM2M.Soak;

/// <summary>What the command line asks for.</summary>
/// <param name="Duration">How long the faults go on.</param>
/// <param name="Seed">Decides the order of the faults.</param>
/// <param name="JsonFile">Where to write the figures; null for nowhere.</param>
internal sealed record Arguments(TimeSpan Duration, int Seed, string? JsonFile)
{
    public const string Usage =
        """
        dotnet run -c Release --project benchmarks/CognitoM2M.Soak -- [--minutes N] [--seed N] [--json FILE]
            Hundreds of callers against an emulated Cognito that keeps failing in other ways, for N minutes (default 2).
            Exit code 1 if a promise was broken; the seed (default: drawn) makes the same faults again.
        """;

    /// <summary>What keeps the figures from being written; asked before they are made.</summary>
    public string? JsonFileError()
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

    /// <summary>Null if the command line is not understood.</summary>
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
