using System.Diagnostics.Metrics;
using CognitoM2M.Verification;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Every instrument of every meter, as a listener sees it, with the XML docs of its constant.</summary>
internal static class MetricsPage
{
    public static string Write()
    {
        var page = new ReferencePage(
            "Metrics",
            "This page lists every instrument of the packages, for dashboards and alerts. An instrument without a listener costs nothing.\n\n"
                + "`error.type` is there only if the measured thing failed. What the values of the tags mean, and which alerts to set: [observability.md](../observability.md).");
        foreach (var meter in PublishedInstruments.All.GroupBy(instrument => instrument.Meter.Name, StringComparer.Ordinal).OrderBy(meter => meter.Key, StringComparer.Ordinal))
        {
            page.Section($"Meter {meter.Key}").Table(
                ["Instrument", "Kind", "Unit", "Tags", "Measures"],
                meter.OrderBy(instrument => instrument.Name, StringComparer.Ordinal).Select(CreateRow));
        }

        return page.ToString();
    }

    private static string[] CreateRow(Instrument instrument)
    {
        var docs = FindDocs(instrument.Name);
        var tags = docs.IndexOf(" Tag", StringComparison.Ordinal);
        var text = tags < 0 ? docs : docs[..tags];
        return
        [
            $"`{instrument.Name}`",
            instrument.GetType().Name.Split('`')[0].Replace("Observable", "", StringComparison.Ordinal).ToLowerInvariant(),
            $"`{instrument.Unit}`",
            tags < 0 ? "" : docs[(docs.IndexOf(':', tags) + 2)..].TrimEnd('.'),
            text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..],
        ];
    }

    private static string FindDocs(string instrument)
    {
        foreach (var type in new[] { typeof(CognitoM2MDiagnostics), typeof(CognitoVerificationDiagnostics) })
        {
            foreach (var constant in Packages.ListConstants(type).Where(constant => constant.Value == instrument))
                return XmlDocs.ReadField(type, constant.Name);
        }

        throw new InvalidOperationException($"No constant names the instrument {instrument}.");
    }
}
