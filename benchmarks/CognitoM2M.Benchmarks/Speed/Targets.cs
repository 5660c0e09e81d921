using System.Globalization;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>A figure that the library wants to keep within a bound, in the run at hand.</summary>
internal sealed record Target(string Name, double Value, string Unit, double Most, bool IsAtLeast = false)
{
    public bool IsMet => IsAtLeast ? Value >= Most : Value <= Most;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"- {Name}: {Value:0.##}{Unit} ({(IsAtLeast ? "at least" : "at most")} {Most:0.##}{Unit}{(IsMet ? "" : "; missed")})");
}

/// <summary>The targets, each from figures of one run.</summary>
internal static class Targets
{
    public static IReadOnlyList<Target> Of(IReadOnlyDictionary<string, Cost> costs)
    {
        return
        [
            new("attaching a token, over a constant text", Ns("attach.ours") - Ns("attach.constant"), " ns", 25),
            new("attaching a token, over a constant text", Bytes("attach.ours") - Bytes("attach.constant"), " bytes", 0),
            new("a call of an HttpClient of the factory, to that with a constant text", Ns("factory.ours") / Ns("factory.constant"), " times", 1.1),
            new("a call over HTTP/1.1, over a constant text", Bytes("socket.http1.ours") - Bytes("socket.http1.constant"), " bytes", 160),
            new("a call over HTTP/2, over a constant text", Bytes("socket.http2.ours") - Bytes("socket.http2.constant"), " bytes", 160),
            new("attaching by two callers, to one", Ns("attach.ours") / Ns("attach.ours.2"), " times", 1.8, IsAtLeast: true),
            new("a cached token from the provider", Ns("provider.ours"), " ns", 30),
            new("a cached token from the provider", Bytes("provider.ours"), " bytes", 0),
            new("from an empty container to the first call, to code written by hand", Ns("cold.ours") / Ns("cold.handwritten"), " times", 1.5),
            new("a token verified for the first time, to its bare signature and JSON", Ns("verify.first") / Ns("verify.rsa.json"), " times", 1.25),
            new("a token seen before", Ns("verify.repeat"), " ns", 400),
            new("a token seen before", Bytes("verify.repeat"), " bytes", 0),
        ];

        double Ns(string name) => costs[name].NsPerOp;

        double Bytes(string name) => Math.Round(costs[name].BytesPerOp);
    }
}
