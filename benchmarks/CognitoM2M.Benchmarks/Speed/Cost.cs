using System.Text.Json.Serialization;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>The cost of an operation. A value is null if it was not measured.</summary>
/// <param name="NsPerOp">Nanoseconds per operation. With several callers: elapsed time divided by the operations of all callers.</param>
/// <param name="BytesPerOp">Bytes that one operation allocates, or that one object holds.</param>
internal sealed record Cost(
    [property: JsonPropertyName("nsPerOp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? NsPerOp,
    [property: JsonPropertyName("bytesPerOp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BytesPerOp)
{
    /// <summary>Computes the median of each value.</summary>
    public static Cost ComputeMedian(IReadOnlyCollection<Cost> costs) =>
        new(ComputeMedian(costs.Select(cost => cost.NsPerOp)), ComputeMedian(costs.Select(cost => cost.BytesPerOp)));

    public static Cost operator -(Cost one, Cost other) => new(one.NsPerOp - other.NsPerOp, one.BytesPerOp - other.BytesPerOp);

    /// <summary>Rounds to tenths of a nanosecond and to bytes.</summary>
    public Cost Round() => new(NsPerOp is { } ns ? Math.Round(ns, 1) : null, BytesPerOp is { } bytes ? Math.Round(bytes) : null);

    private static double? ComputeMedian(IEnumerable<double?> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
