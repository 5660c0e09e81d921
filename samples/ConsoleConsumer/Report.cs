using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConsoleConsumer;

/// <summary>Prints what happens, counts it, and checks it against what the library promises.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _failures = [];

    public long ApiCalls { get; set; }

    public long ApiFailures { get; set; }

    public int Cold { get; set; }

    public int Renewal { get; set; }

    public int Outage { get; set; }

    public int Rejected { get; set; }

    public long BlockedAtRenewal { get; set; }

    public string? WrongSecretError { get; set; }

    public string? WrongSecretHint { get; set; }

    public bool HasSucceeded => _failures.Count == 0;

    public static void Say(string text) => Console.WriteLine(text);

    public void Expect(bool isTrue, string expectation)
    {
        if (!isTrue)
            _failures.Add(expectation);
        Say($"    {(isTrue ? "ok  " : "FAIL")}  {expectation}");
    }

    public void PrintTable()
    {
        Say("");
        Say($"    API calls                                  {ApiCalls,8:N0}");
        Say($"    API calls that failed                      {ApiFailures,8:N0}");
        Say($"    Token requests   cold start                {Cold,8:N0}");
        Say($"                     renewal                   {Renewal,8:N0}");
        Say($"                     outage and recovery       {Outage,8:N0}");
        Say($"                     after a rejected token    {Rejected,8:N0}");
        Say($"    Callers that waited for the renewal        {BlockedAtRenewal,8:N0}");
        Say("");
        Say(HasSucceeded ? "Everything happened as expected." : $"Not as expected: {string.Join("; ", _failures)}.");
    }

    public void PrintJson() => Say(JsonSerializer.Serialize(
        new
        {
            apiCalls = ApiCalls,
            apiFailures = ApiFailures,
            tokenRequests = new { cold = Cold, renewal = Renewal, outage = Outage, rejected = Rejected },
            blockedAtRenewal = BlockedAtRenewal,
            wrongSecret = new { error = WrongSecretError, hint = WrongSecretHint },
        },
        _json));
}
