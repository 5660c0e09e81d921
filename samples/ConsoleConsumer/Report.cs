using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConsoleConsumer;

/// <summary>What happened, in numbers, and whether it is what the library promises.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _broken = [];

    public long ApiCalls { get; set; }

    public long ApiFailures { get; set; }

    public int Cold { get; set; }

    public int Renewal { get; set; }

    public int Outage { get; set; }

    public int Rejected { get; set; }

    public long BlockedAtRenewal { get; set; }

    public string? WrongSecretError { get; set; }

    public string? WrongSecretHint { get; set; }

    public bool AllAsPromised => _broken.Count == 0;

    public static void Say(string text) => Console.WriteLine(text);

    public void Expect(bool kept, string promise)
    {
        if (!kept)
            _broken.Add(promise);
        Say($"    {(kept ? "ok " : "NOT")}  {promise}");
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
        Say($"    Callers that waited at the renewal         {BlockedAtRenewal,8:N0}");
        Say("");
        Say(AllAsPromised ? "All came out as promised." : $"Not as promised: {string.Join("; ", _broken)}.");
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
