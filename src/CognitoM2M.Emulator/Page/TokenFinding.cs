using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Page;

/// <summary>The result of one check of a token.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Outcome">Whether the token passes.</param>
/// <param name="Text">A sentence for people.</param>
internal sealed record TokenFinding(string Check, TokenOutcome Outcome, string Text)
{
    public static TokenFinding Pass(string check, string text) => new(check, TokenOutcome.Pass, text);

    public static TokenFinding Fail(string check, string text) => new(check, TokenOutcome.Fail, text);

    /// <summary>Something that a reader should know, and that alone makes no token invalid.</summary>
    public static TokenFinding Note(string check, string text) => new(check, TokenOutcome.Note, text);

    public JsonObject ToJson() => new()
    {
        ["check"] = Check,
        ["outcome"] = Outcome switch
        {
            TokenOutcome.Pass => "pass",
            TokenOutcome.Fail => "fail",
            _ => "note",
        },
        ["text"] = Text,
    };
}

internal enum TokenOutcome
{
    Pass,
    Fail,
    Note,
}
