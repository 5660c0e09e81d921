using System.Globalization;
using System.Text;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>Draws a bar chart of the cost of attaching a cached token, for this library and others.</summary>
internal static class Chart
{
    private const int Width = 720;
    private const int LabelWidth = 230;
    private const int RowHeight = 30;
    private const int Top = 44;

    public static string Draw(IReadOnlyDictionary<string, Cost> costs)
    {
        (string Label, double Ns, bool IsOurs)[] rows =
        [
            ("a constant text", GetAddedNs("attach.constant"), false),
            ("CognitoM2M", GetAddedNs("attach.ours"), true),
            ("Azure.Core bearer policy", costs["attach.azure"].NsPerOp!.Value, false),
            ("MSAL.NET, cached token", GetAddedNs("attach.msal"), false),
        ];
        var longest = rows.Max(row => row.Ns);
        var height = Top + (rows.Length * RowHeight) + 8;

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"14\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
        svg.Append("<text x=\"8\" y=\"24\" font-weight=\"bold\" fill=\"#222222\">Nanoseconds that attaching a cached token adds to a request</text>\n");
        for (var i = 0; i < rows.Length; i++)
        {
            var (label, ns, isOurs) = rows[i];
            var y = Top + (i * RowHeight);
            var bar = Math.Max(2, (Width - LabelWidth - 90) * ns / longest);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{y + 17}\" fill=\"#222222\">{label}</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{LabelWidth}\" y=\"{y + 3}\" width=\"{bar:0.#}\" height=\"20\" fill=\"{(isOurs ? "#c2410c" : "#94a3b8")}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + bar + 8:0.#}\" y=\"{y + 18}\" fill=\"#222222\">{ns:N0} ns</text>\n");
        }

        return svg.Append("</svg>\n").ToString();

        double GetAddedNs(string name) => (costs[name] - costs["attach.none"]).NsPerOp!.Value;
    }
}
