using System.Globalization;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>A figure and the bound that the library promises for its median.</summary>
internal sealed record Target(string Name, Spread Value, string Unit, double Bound, bool IsAtLeast = false)
{
    public bool IsMet => IsAtLeast ? Value.Median >= Bound : Value.Median <= Bound;

    /// <summary>Formats the target as a row of a table.</summary>
    public string FormatRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {(IsAtLeast ? "at least" : "at most")} {Bound:0.##}{Unit} | {Value.Format("0.##")}{Unit} | {(IsMet ? "met" : "**missed**")} |");
}

/// <summary>The targets. Each is computed from the figures of one run, for each run.</summary>
internal static class Targets
{
    public static IReadOnlyList<Target> Evaluate(SpeedRuns runs)
    {
        return
        [
            new(
                "attaching a token: additional time compared with a constant header text",
                runs.Compute(costs => GetNs(costs, "attach.ours") - GetNs(costs, "attach.constant")), " ns", 25),
            new(
                "attaching a token: additional bytes compared with a constant header text",
                runs.Compute(costs => GetBytes(costs, "attach.ours") - GetBytes(costs, "attach.constant")), " bytes", 0),
            new(
                "a call through an HttpClient of IHttpClientFactory: time compared with a constant header text",
                runs.Compute(costs => GetNs(costs, "factory.ours") / GetNs(costs, "factory.constant")), " times", 1.1),
            new(
                "a call over HTTP/1.1: additional bytes compared with a constant header text",
                runs.Compute(costs => GetBytes(costs, "socket.http1.ours") - GetBytes(costs, "socket.http1.constant")), " bytes", 160),
            new(
                "a call over HTTP/2: additional bytes compared with a constant header text",
                runs.Compute(costs => GetBytes(costs, "socket.http2.ours") - GetBytes(costs, "socket.http2.constant")), " bytes", 160),
            new("tokens per second with two callers, relative to one", runs.Compute(costs => GetNs(costs, "provider.ours") / GetNs(costs, "provider.ours.2")), " times", 1.8, IsAtLeast: true),
            new("requests per second with two callers, relative to one", runs.Compute(costs => GetNs(costs, "attach.ours") / GetNs(costs, "attach.ours.2")), " times", 1.8, IsAtLeast: true),
            new("a cached token from the provider", runs.Compute(costs => GetNs(costs, "provider.ours")), " ns", 30),
            new("a cached token from the provider, bytes", runs.Compute(costs => GetBytes(costs, "provider.ours")), " bytes", 0),
            new("from the first line of a new process to its first response, relative to code written by hand", runs.Compute(costs => GetNs(costs, "process.ours") / GetNs(costs, "process.handwritten")), " times", 1.5),
            new("from an empty container to the first response, relative to code written by hand", runs.Compute(costs => GetNs(costs, "cold.ours") / GetNs(costs, "cold.handwritten")), " times", 1.5),
            new("a token verified for the first time, relative to its signature alone", runs.Compute(costs => GetNs(costs, "verify.first") / GetNs(costs, "verify.rsa")), " times", 1.1),
            new("the same, relative to JsonWebTokenHandler", runs.Compute(costs => GetNs(costs, "verify.first") / GetNs(costs, "verify.identitymodel")), " times", 1),
            new("the same in bytes, relative to JsonWebTokenHandler", runs.Compute(costs => GetBytes(costs, "verify.first") / GetBytes(costs, "verify.identitymodel")), " times", 1),
            new("a request to an API with `AddCognitoM2M`, more than with a scheme that accepts every request", runs.Compute(costs => GetBytes(costs, "request.ours") - GetBytes(costs, "request.accepting")), " bytes", 2_500),
            new("a request to an API with `AddCognitoM2M`, relative to `AddJwtBearer`", runs.Compute(costs => GetNs(costs, "request.ours") / GetNs(costs, "request.stock")), " times", 0.5),
            new("the same with tokens that were never seen before", runs.Compute(costs => GetNs(costs, "request.ours.first") / GetNs(costs, "request.stock.first")), " times", 1),
            new("a token that was verified before", runs.Compute(costs => GetNs(costs, "verify.repeat")), " ns", 250),
            new("a token that was verified before, bytes", runs.Compute(costs => GetBytes(costs, "verify.repeat")), " bytes", 0),
        ];

        static double GetNs(IReadOnlyDictionary<string, Cost> costs, string name) => costs[name].NsPerOp!.Value;

        static double GetBytes(IReadOnlyDictionary<string, Cost> costs, string name) => Math.Round(costs[name].BytesPerOp!.Value);
    }
}
