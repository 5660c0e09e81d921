using System.CommandLine;
using System.CommandLine.Help;
using CognitoM2M.Cli.Commands;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli;

/// <summary>The tool: from the words on the command line to the exit code.</summary>
internal static class ToolCommandLine
{
    // Longer than one attempt at a request may take, so that its outcome is known, and a secret it brings is kept.
    private static readonly TimeSpan _terminationTimeout = TimeSpan.FromSeconds(35);

    private static readonly ParserConfiguration _parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolHost host, CancellationToken cancellationToken = default)
    {
        var context = new ToolContext(host);
        var parsed = CreateRootCommand(context).Parse(args, _parsing);
        if (parsed.Errors.Count > 0)
            return (int)ExplainMistakes(parsed, host, context.WantsJson(parsed));

        var invocation = new InvocationConfiguration
        {
            Output = host.Terminal.Output,
            Error = host.Terminal.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = _terminationTimeout,
        };

        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            return (int)FailureReport.Write(host, Failure.Of(error), context.WantsJson(parsed));
        }
    }

    private static RootCommand CreateRootCommand(ToolContext context)
    {
        var root = new RootCommand("Amazon Cognito for machines: from one file to user pool, domain, scopes, app clients and tokens.")
        {
            InitCommand.Create(context),
            PlanCommand.Create(context),
            ApplyCommand.Create(context),
            OutputsCommand.Create(context),
            TokenCommand.Create(context),
            VerifyCommand.Create(context),
            RotateSecretCommand.Create(context),
            PolicyCommand.Create(context),
            DestroyCommand.Create(context),
            EmulateCommand.Create(context),
        };
        context.Options.AddTo(root);

        var help = root.Options.OfType<HelpOption>().Single();
        var helpAction = new HelpWithExitCodes((HelpAction)help.Action!);
        help.Action = helpAction;
        root.SetAction(parsed =>
        {
            helpAction.Invoke(parsed);
            return (int)ExitCode.Usage;
        });
        return root;
    }

    private static ExitCode ExplainMistakes(ParseResult parsed, ToolHost host, bool json)
    {
        var mistakes = string.Join(Environment.NewLine, parsed.Errors.Select(mistake => mistake.Message));
        FailureReport.Write(host, new Failure(ExitCode.Usage, nameof(ExitCode.Usage), mistakes, []), json);

        var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
        host.Terminal.Say($"See: cognito-m2m{command} --help");
        return ExitCode.Usage;
    }
}
