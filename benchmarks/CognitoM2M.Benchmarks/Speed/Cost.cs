using System.Text.Json.Serialization;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>What an operation costs, as far as that was measured.</summary>
/// <param name="NsPerOp">Nanoseconds; for several callers at once, of the process and not of a caller.</param>
/// <param name="BytesPerOp">Bytes allocated, or held.</param>
internal sealed record Cost(
    [property: JsonPropertyName("nsPerOp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? NsPerOp,
    [property: JsonPropertyName("bytesPerOp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BytesPerOp)
{
    /// <summary>The median of each.</summary>
    public static Cost Median(IReadOnlyCollection<Cost> costs) =>
        new(Middle(costs.Select(cost => cost.NsPerOp)), Middle(costs.Select(cost => cost.BytesPerOp)));

    public static Cost operator -(Cost one, Cost other) => new(one.NsPerOp - other.NsPerOp, one.BytesPerOp - other.BytesPerOp);

    /// <summary>To the tenth of a nanosecond, and to the byte.</summary>
    public Cost Rounded() => new(NsPerOp is { } ns ? Math.Round(ns, 1) : null, BytesPerOp is { } bytes ? Math.Round(bytes) : null);

    private static double? Middle(IEnumerable<double?> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
