using System.CommandLine;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>What plan and apply have in common, so that one shows what the other does.</summary>
internal sealed class PlanningOptions
{
    private readonly Option<bool> _adopt = new("--adopt") { Description = "Take over a user pool that was not made from a blueprint." };

    private readonly Option<bool> _prune = new("--prune")
    {
        Description = "Delete resource servers, app clients and domains that the blueprint does not name.",
    };

    public void AddTo(Command command)
    {
        command.Add(_adopt);
        command.Add(_prune);
    }

    public PlanOptions From(ParseResult parsed) => new() { Adopt = parsed.GetValue(_adopt), Prune = parsed.GetValue(_prune) };
}
