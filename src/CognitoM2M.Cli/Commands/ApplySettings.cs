using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options of <c>apply</c>.</summary>
internal sealed class ApplySettings
{
    private const int DefaultMinutes = 5;

    private readonly PlanningOptions _planning = new();
    private readonly SecretOptions _secrets = new();
    private readonly Option<bool> _yes = Confirmation.CreateOption();

    private readonly Option<string[]?> _allow = new(DestructiveChangeNames.Option)
    {
        Description = "A kind of destructive change that apply may make. May be repeated. [default: none]",
        HelpName = string.Join('|', DestructiveChangeNames.Allowable),
        CustomParser = Choice.CreateParser(DestructiveChangeNames.Allowable),
    };

    private readonly Option<bool> _wait = Flag.Create(
        "--wait", "Wait until each app client gets a token. AWS charges for each token. [default: do not wait]");

    private readonly Option<int?> _minutes = new("--wait-timeout")
    {
        Description = $"How long --wait waits, from 1 to 1440 minutes. A new custom domain may need 60 minutes. [default: {DefaultMinutes}]",
        HelpName = "MINUTES",
        CustomParser = result => WholeNumber.CreateParser(1, 1440)(result),
    };

    private readonly Option<string?> _plan = SavedPlanOptions.CreatePlan();

    public void AddTo(Command command)
    {
        _allow.CompletionSources.Add(DestructiveChangeNames.Allowable);
        command.Add(_plan);
        command.Add(_yes);
        command.Add(_allow);
        command.Add(_wait);
        command.Add(_minutes);
        _planning.AddTo(command);
        _secrets.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_minutes) is not null && !result.GetValue(_wait))
                result.AddError("--wait-timeout has no effect without --wait. Add --wait.");
            if (result.GetResult(_plan) is not null && _planning.AreGiven(result))
                result.AddError("--adopt and --prune belong to the plan. Give them to 'plan --output' instead.");
        });
    }

    public ApplyOptions Read(ParseResult parsed, ToolContext context) => new()
    {
        Allow = DestructiveChangeNames.Parse(parsed.GetValue(_allow) ?? []),
        ReplaceOtherSecrets = _secrets.MayReplaceOthers(parsed),
        Ready = parsed.GetValue(_wait)
            ? context.ReadAwsSettings(parsed).CreateReadyOptions(TimeSpan.FromMinutes(parsed.GetValue(_minutes) ?? DefaultMinutes))
            : null,
    };

    /// <summary>What <c>--wait</c> waits for, in words; null without this option.</summary>
    public string? DescribeWait(ParseResult parsed) => (parsed.GetValue(_wait), parsed.GetValue(_minutes) ?? DefaultMinutes) switch
    {
        (false, _) => null,
        (true, 1) => "After the changes, the tool waits until each app client gets a token, at most 1 minute (--wait-timeout).",
        (true, var minutes) => $"After the changes, the tool waits until each app client gets a token, at most {minutes} minutes (--wait-timeout).",
    };

    /// <summary>Whether to show every step with its values, and every app client.</summary>
    public bool AreVerbose(ParseResult parsed) => _planning.AreVerbose(parsed);

    public PlanOptions ReadPlanning(ParseResult parsed) => _planning.Read(parsed);

    /// <summary>The file of a saved plan; null to plan from the blueprint.</summary>
    public string? ReadSavedPlan(ParseResult parsed) => parsed.GetValue(_plan);

    public SecretOutput ReadSecrets(ParseResult parsed, ToolContext context) => _secrets.Read(parsed, context);

    public bool IsConfirmed(ParseResult parsed) => parsed.GetValue(_yes);
}
