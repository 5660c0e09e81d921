using CognitoM2M.Provisioning;
using Spectre.Console;

namespace CognitoM2M.Cli.Output;

/// <summary>The colours. A colour never carries information alone: a word or a sign says the same.</summary>
internal static class Styles
{
    public static Style Error { get; } = new(Color.Red);

    public static Style Warning { get; } = new(Color.Yellow);

    public static Style Faint { get; } = new(decoration: Decoration.Dim);

    public static Style Good { get; } = new(Color.Green);

    public static Style Find(PlanAction action) => action switch
    {
        PlanAction.Create => Good,
        PlanAction.Update or PlanAction.Adopt => Warning,
        _ => Error,
    };
}
