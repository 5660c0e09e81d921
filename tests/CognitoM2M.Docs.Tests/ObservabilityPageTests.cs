using System.Text.Json;
using System.Text.RegularExpressions;
using CognitoM2M.Docs.Tests.Reference;
using CognitoM2M.Testing;
using CognitoM2M.Verification;

namespace CognitoM2M.Docs.Tests;

/// <summary>Dashboards, alerts and docs/observability.md name the instruments and tags of the code.</summary>
public sealed partial class ObservabilityPageTests
{
    private const string Page = "docs/observability.md";
    private const string Grafana = "docs/observability/grafana-dashboard.json";
    private const string Alerts = "docs/observability/prometheus-alerts.yml";
    private const string CloudWatchDashboard = "docs/observability/cloudwatch-dashboard.json";
    private const string CloudWatchAlarms = "docs/observability/cloudwatch-alarms.yml";

    [Fact]
    public void Instruments_of_both_meters_are_found()
    {
        Assert.Contains(PublishedInstruments.All, instrument => instrument.Name == CognitoM2MDiagnostics.TokenRequests);
        Assert.Contains(PublishedInstruments.All, instrument => instrument.Name == CognitoVerificationDiagnostics.KeySetAge);
    }

    [Theory]
    [InlineData(Grafana)]
    [InlineData(Alerts)]
    [InlineData("docs/observability/prometheus-alerts.test.yml")]
    public void Prometheus_names_in_a_file_exist_as_series_or_labels_in_the_code(string file)
    {
        var known = PublishedInstruments.All.SelectMany(PublishedInstruments.ListPrometheusNames)
            .Concat(PublishedInstruments.Tags.Select(tag => tag.Replace('.', '_')))
            .ToHashSet(StringComparer.Ordinal);

        var named = PrometheusName().Matches(Checkout.Read(file)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Theory]
    [InlineData(Page)]
    [InlineData(CloudWatchDashboard)]
    [InlineData(CloudWatchAlarms)]
    public void Names_with_dots_in_a_file_exist_as_instruments_or_tags_in_the_code(string file)
    {
        var known = PublishedInstruments.All.Select(instrument => instrument.Name).Concat(PublishedInstruments.Tags).Append("cognito_m2m.acquire_token").ToHashSet(StringComparer.Ordinal);

        var named = DottedName().Matches(Checkout.Read(file)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Each_instrument_is_on_both_dashboards()
    {
        var grafana = Checkout.Read(Grafana);
        var cloudWatch = Checkout.Read(CloudWatchDashboard);

        Assert.All(PublishedInstruments.All, instrument =>
        {
            Assert.Contains(PublishedInstruments.ListPrometheusNames(instrument), name => grafana.Contains(name, StringComparison.Ordinal));
            Assert.Contains($"MetricName=\\\"{instrument.Name}\\\"", cloudWatch, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(Grafana)]
    [InlineData(CloudWatchDashboard)]
    public void Dashboard_is_valid_JSON(string file)
    {
        using var dashboard = JsonDocument.Parse(Checkout.Read(file));

        Assert.Equal(JsonValueKind.Object, dashboard.RootElement.ValueKind);
    }

    [Fact]
    public void Panels_of_the_dashboard_have_ids_of_their_own_and_do_not_overlap()
    {
        using var dashboard = JsonDocument.Parse(Checkout.Read(Grafana));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var cells = panels.SelectMany(panel =>
        {
            var place = panel.GetProperty("gridPos");
            int Read(string name) => place.GetProperty(name).GetInt32();
            return from x in Enumerable.Range(Read("x"), Read("w")) from y in Enumerable.Range(Read("y"), Read("h")) select (x, y);
        }).ToList();

        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.x, 0, 23));
    }

    [Fact]
    public void Page_says_what_each_alert_means()
    {
        var page = Checkout.Read(Page);
        var alerts = AlertName().Matches(Checkout.Read(Alerts)).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Contains($"\n| `{alert}` |", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("cognito_m2m_[a-z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PrometheusName();

    [GeneratedRegex(@"cognito_m2m\.[a-z0-9_.]*[a-z]", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DottedName();

    [GeneratedRegex("- alert: (?<name>\\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AlertName();
}
