using System.Globalization;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>A figure of this run and the bound that the library promises for it.</summary>
internal sealed record Target(string Name, double Value, string Unit, double Bound, bool IsAtLeast = false)
{
    public bool IsMet => IsAtLeast ? Value >= Bound : Value <= Bound;

    /// <summary>Formats the target as a row of a table.</summary>
    public string FormatRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {(IsAtLeast ? "at least" : "at most")} {Bound:0.##}{Unit} | {Value:0.##}{Unit} | {(IsMet ? "met" : "**missed**")} |");
}

/// <summary>The targets. Each compares figures of one run.</summary>
internal static class Targets
{
    public static IReadOnlyList<Target> Evaluate(IReadOnlyDictionary<string, Cost> costs)
    {
        return
        [
            new("attaching a token, more than a constant text", GetNs("attach.ours") - GetNs("attach.constant"), " ns", 25),
            new("attaching a token, bytes more than a constant text", GetBytes("attach.ours") - GetBytes("attach.constant"), " bytes", 0),
            new("a call of an HttpClient of the factory, relative to a constant text", GetNs("factory.ours") / GetNs("factory.constant"), " times", 1.1),
            new("a call over HTTP/1.1, more than a constant text", GetBytes("socket.http1.ours") - GetBytes("socket.http1.constant"), " bytes", 160),
            new("a call over HTTP/2, more than a constant text", GetBytes("socket.http2.ours") - GetBytes("socket.http2.constant"), " bytes", 160),
            new("tokens per second with two callers, relative to one", GetNs("provider.ours") / GetNs("provider.ours.2"), " times", 1.8, IsAtLeast: true),
            new("requests per second with two callers, relative to one", GetNs("attach.ours") / GetNs("attach.ours.2"), " times", 1.8, IsAtLeast: true),
            new("a cached token from the provider", GetNs("provider.ours"), " ns", 30),
            new("a cached token from the provider, bytes", GetBytes("provider.ours"), " bytes", 0),
            new("from the first line of a new process to its first response, relative to code written by hand", GetNs("process.ours") / GetNs("process.handwritten"), " times", 1.5),
            new("from an empty container to the first response, relative to code written by hand", GetNs("cold.ours") / GetNs("cold.handwritten"), " times", 1.5),
            new("a token verified for the first time, relative to its signature and JSON alone", GetNs("verify.first") / GetNs("verify.rsa.json"), " times", 1.25),
            new("a token that was verified before", GetNs("verify.repeat"), " ns", 400),
            new("a token that was verified before, bytes", GetBytes("verify.repeat"), " bytes", 0),
        ];

        double GetNs(string name) => costs[name].NsPerOp!.Value;

        double GetBytes(string name) => Math.Round(costs[name].BytesPerOp!.Value);
    }
}
