using CognitoM2M.Benchmarks.Requests;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>Prints how many requests per second an API on Kestrel answers, unprotected and with each protection.</summary>
internal static class ThroughputCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 0)
        {
            Console.Error.WriteLine("The command throughput takes no options.");
            return 2;
        }

        Console.WriteLine(new ThroughputFigures(await Throughput.MeasureAsync()).FormatTable());
        return 0;
    }
}
