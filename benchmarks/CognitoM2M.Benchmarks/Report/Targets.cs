using System.Globalization;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>A figure that the library wants to keep within a bound, in the run at hand.</summary>
internal sealed record Target(string Name, double Value, string Unit, double Bound, bool IsAtLeast = false)
{
    public bool IsMet => IsAtLeast ? Value >= Bound : Value <= Bound;

    /// <summary>As a row of a table.</summary>
    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {(IsAtLeast ? "at least" : "at most")} {Bound:0.##}{Unit} | {Value:0.##}{Unit} | {(IsMet ? "met" : "**missed**")} |");
}

/// <summary>The targets, each from figures of one run.</summary>
internal static class Targets
{
    public static IReadOnlyList<Target> Of(IReadOnlyDictionary<string, Cost> costs)
    {
        return
        [
            new("attaching a token, over a constant text", Ns("attach.ours") - Ns("attach.constant"), " ns", 25),
            new("the same in bytes", Bytes("attach.ours") - Bytes("attach.constant"), " bytes", 0),
            new("a call of an HttpClient of the factory, to that with a constant text", Ns("factory.ours") / Ns("factory.constant"), " times", 1.1),
            new("a call over HTTP/1.1, over a constant text", Bytes("socket.http1.ours") - Bytes("socket.http1.constant"), " bytes", 160),
            new("a call over HTTP/2, over a constant text", Bytes("socket.http2.ours") - Bytes("socket.http2.constant"), " bytes", 160),
            new("tokens taken by two callers, to one", Ns("provider.ours") / Ns("provider.ours.2"), " times", 1.8, IsAtLeast: true),
            new("requests given a token by two callers, to one", Ns("attach.ours") / Ns("attach.ours.2"), " times", 1.8, IsAtLeast: true),
            new("a cached token from the provider", Ns("provider.ours"), " ns", 30),
            new("the same in bytes", Bytes("provider.ours"), " bytes", 0),
            new("from the first line of a new process to its first answer, to code written by hand", Ns("process.ours") / Ns("process.handwritten"), " times", 1.5),
            new("from an empty container to the first answer, to code written by hand", Ns("cold.ours") / Ns("cold.handwritten"), " times", 1.5),
            new("a token verified for the first time, to its bare signature and JSON", Ns("verify.first") / Ns("verify.rsa.json"), " times", 1.25),
            new("a token seen before", Ns("verify.repeat"), " ns", 400),
            new("the same in bytes", Bytes("verify.repeat"), " bytes", 0),
        ];

        double Ns(string name) => costs[name].NsPerOp!.Value;

        double Bytes(string name) => Math.Round(costs[name].BytesPerOp!.Value);
    }
}
