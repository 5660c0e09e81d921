using System.Globalization;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Page;

/// <summary>The faults that the page offers, and the faults that are set, in words.</summary>
internal static class FaultChoices
{
    private static readonly TimeSpan _slow = TimeSpan.FromSeconds(2);

    private static readonly IReadOnlyList<(string Name, string Text, Func<EmulatorFault> Create)> _choices =
    [
        ("unavailable", "Status 503", () => EmulatorFault.Status(503)),
        ("throttled", "Throttled: status 429", () => EmulatorFault.Throttled()),
        ("firewall", "HTML page with status 403, as of a firewall", () => EmulatorFault.Html(403)),
        ("slow", "Slow: 2 seconds later", () => EmulatorFault.Slow(_slow)),
        ("hang", "No response", EmulatorFault.Hang),
        ("drop", "Cut connection", EmulatorFault.Drop),
        ("lost", "Processed, then cut connection", EmulatorFault.LostResponse),
        ("invalid_client", "OAuth error invalid_client", () => EmulatorFault.OAuthError("invalid_client")),
    ];

    private static readonly IReadOnlyList<(EmulatorEndpoint Endpoint, string Text)> _endpoints =
    [
        (EmulatorEndpoint.Token, "Token endpoint"),
        (EmulatorEndpoint.GetClientToken, "GetClientToken"),
        (EmulatorEndpoint.Jwks, "Key sets"),
        (EmulatorEndpoint.Discovery, "Discovery documents"),
        (EmulatorEndpoint.JsonApi, "JSON API"),
        (EmulatorEndpoint.Authorize, "Authorize endpoint"),
        (EmulatorEndpoint.Login, "Sign-in form"),
        (EmulatorEndpoint.Logout, "Sign-out"),
        (EmulatorEndpoint.UserInfo, "UserInfo endpoint"),
        (EmulatorEndpoint.Revoke, "Revocation endpoint"),
    ];

    /// <summary>Creates the fault of one choice; null if there is no choice of this name.</summary>
    public static EmulatorFault? Create(string name) => _choices.FirstOrDefault(choice => choice.Name == name).Create?.Invoke();

    /// <summary>Finds an endpoint by its name; null if the name is not one of an endpoint.</summary>
    public static EmulatorEndpoint? FindEndpoint(string name) =>
        _endpoints.Where(endpoint => $"{endpoint.Endpoint}" == name).Select(endpoint => (EmulatorEndpoint?)endpoint.Endpoint).FirstOrDefault();

    public static JsonObject Describe(EmulatorFaults faults)
    {
        var current = faults.ReadAll();
        var targets = new JsonArray([.. _endpoints.Select(endpoint => DescribeTarget($"{endpoint.Endpoint}", endpoint.Text))]);
        foreach (var operation in current.Keys.Where(name => FindEndpoint(name) is null).Order(StringComparer.Ordinal))
            targets.Add((JsonNode)DescribeTarget(operation, operation));

        return new JsonObject
        {
            ["choices"] = new JsonArray([.. _choices.Select(choice => new JsonObject { ["name"] = choice.Name, ["text"] = choice.Text })]),
            ["targets"] = targets,
        };

        JsonObject DescribeTarget(string name, string text) => new()
        {
            ["name"] = name,
            ["text"] = text,
            ["fault"] = current.GetValueOrDefault(name) is { } fault ? Describe(fault) : null,
        };
    }

    private static string Describe(EmulatorFault fault)
    {
        var parts = new List<string>();
        if (fault.Skip > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"after {fault.Skip} normal responses"));
        if (fault.ProcessFirst)
            parts.Add("request processed");
        if (fault.Latency == Timeout.InfiniteTimeSpan)
            parts.Add("no response");
        else if (fault.Latency > TimeSpan.Zero)
            parts.Add($"{Duration.Describe(fault.Latency)} later");
        if (fault.DropConnection)
            parts.Add("connection cut");
        else if (fault.StatusCode is { } status)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"status {status}"));
        else if (fault.Body is not null)
            parts.Add("another body");
        if (fault.Times is { } times)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{times} more times"));
        return parts.Count == 0 ? "other headers" : string.Join(", ", parts);
    }
}
