using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options that <c>plan</c> and <c>apply</c> share, so that <c>plan</c> shows exactly what <c>apply</c> would do.</summary>
internal sealed class PlanningOptions
{
    private readonly Option<bool> _adopt = Flag.Create(
        "--adopt",
        "Take over a user pool that no blueprint manages; destroy will not delete it. In an external user pool, take over app clients and resource servers that have other settings. [default: a user pool or a resource that must be taken over is an error]");

    private readonly Option<bool> _prune = Flag.Create(
        "--prune", "Delete resource servers, app clients and domains that are not in the blueprint. [default: they stay]");

    private readonly Option<bool> _verbose = Verbosity.CreateOption();

    public void AddTo(Command command)
    {
        command.Add(_verbose);
        command.Add(_adopt);
        command.Add(_prune);
    }

    /// <summary>Whether the user gave one of the options.</summary>
    public bool AreGiven(CommandResult command) => command.GetValue(_adopt) || command.GetValue(_prune);

    /// <summary>Whether to show every step with its values.</summary>
    public bool AreVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    public PlanOptions Read(ParseResult parsed) => new() { Adopt = parsed.GetValue(_adopt), Prune = parsed.GetValue(_prune) };
}
