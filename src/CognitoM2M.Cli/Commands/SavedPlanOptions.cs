using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options that save a plan and carry it out later.</summary>
internal static class SavedPlanOptions
{
    public static Option<string?> CreateOutput() => new("--output", "-o")
    {
        Description = "Also write the plan to this file, for 'apply --plan'. The file holds no secret. [default: the plan is only shown]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFileToWrite,
    };

    public static Option<string?> CreatePlan() => new("--plan")
    {
        Description = "Carry out this plan of 'plan --output', exactly as it was saved. [default: plan from the blueprint]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFileToRead,
    };

    /// <summary>Writes a plan to a file.</summary>
    /// <param name="host">Its terminal receives what the user should know of the file.</param>
    /// <param name="plan">The plan, with the name of its blueprint file.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="isEmulator">Whether the plan was made with an emulator, which has no account of its own.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ToolException">The file is the blueprint.</exception>
    public static async Task SaveAsync(ToolHost host, SavedPlan plan, string path, bool isEmulator, CancellationToken cancellationToken)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(plan.Source!))
            throw new ToolException(ExitCode.InvalidFile, $"'{path}' is the blueprint. Name another file for the plan.");

        await plan.SaveAsync(path, cancellationToken).ConfigureAwait(false);
        if (plan.AccountId is null && !isEmulator)
            host.Terminal.Say("The credentials do not say their AWS account, so the saved plan is not bound to an account. To bind it, set AWS_ACCOUNT_ID and plan again.");
        host.Terminal.Say($"The plan was saved to {path}. To carry it out: {host.CommandName} apply --plan {path}");
    }

    /// <summary>Reads a saved plan. If the blueprint file that it was made from is here, its content must be the same.</summary>
    /// <param name="path">The file of the plan.</param>
    /// <param name="blueprintPath">The blueprint file that the user named; null to take the name from the plan.</param>
    /// <param name="given">The variables of the command line; null if there are none. The plan holds its own, so they can only be the same.</param>
    /// <param name="environment">Finds a variable that the plan does not hold, or null if it is not set.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">The file is not a saved plan, or the blueprint has changed since the plan was saved.</exception>
    public static async Task<SavedPlan> LoadAsync(
        string path, string? blueprintPath, IReadOnlyDictionary<string, string>? given, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var saved = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (given?.Keys.FirstOrDefault(name => saved.Variables.TryGetValue(name, out var value) && value != given[name]) is { } changed)
        {
            throw new ToolException(
                ExitCode.Conflict,
                $"Nothing was changed: --var gives the variable '{changed}' another value than the plan '{path}' was made with. Leave --var out, or plan again.");
        }

        if ((blueprintPath ?? FindSource(saved)) is not { } source)
            return saved;

        var blueprint = await BlueprintFile.LoadAsync(source, name => saved.Variables.GetValueOrDefault(name) ?? environment(name), cancellationToken).ConfigureAwait(false);
        return saved.IsMadeFrom(blueprint) ? saved : throw new ToolException(
            ExitCode.Conflict,
            $"Nothing was changed: the blueprint '{source}' is not the one that the plan '{path}' was made from. Plan again, look at the new plan, and save it.");
    }

    private static async Task<SavedPlan> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await SavedPlan.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.InvalidFile, $"--plan: '{path}' does not exist. 'cognito-m2m plan --output {path}' writes it.");
        }
        catch (BlueprintException error)
        {
            throw new ToolException(ExitCode.InvalidFile, $"--plan: the blueprint in '{path}' is not valid.", error.Message.Split(Environment.NewLine));
        }
    }

    private static string? FindSource(SavedPlan saved) => saved.Source is { } source && File.Exists(source) ? source : null;
}
