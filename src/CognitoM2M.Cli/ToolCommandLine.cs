using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using CognitoM2M.Cli.Commands;
using CognitoM2M.Cli.Completion;
using CognitoM2M.Cli.Help;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli;

/// <summary>The whole tool: takes the words of a command line, runs the command and returns the exit code.</summary>
internal static class ToolCommandLine
{
    // After Ctrl+C, a command may finish the request that is in flight. This is longer than one attempt at a request may take, so the
    // command learns the result, and a secret in the response is stored.
    private static readonly TimeSpan _terminationTimeout = TimeSpan.FromSeconds(35);

    private static readonly ParserConfiguration _parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolHost host, CancellationToken cancellationToken = default)
    {
        var context = new ToolContext(host);
        var root = CreateRootCommand(context);
        var parsed = root.Parse(args, _parsing);
        // A shell asks for the words that can follow in a line. The line is not complete, so its errors do not count.
        var isQuestion = parsed.Action is CompletionAnswer;
        var errors = isQuestion ? [] : Flag.FindError(root, args) is { } error ? [error] : UnknownWords.ReplaceErrors(parsed);
        if (errors.Count > 0)
            return (int)ReportUsageErrors(errors, parsed, context);

        var invocation = new InvocationConfiguration
        {
            Output = host.Terminal.Output,
            Error = host.Terminal.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = WithUserCommand.HandlesSignals(parsed.CommandResult.Command) ? null : _terminationTimeout,
        };

        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return (int)FailureReport.Write(host.Terminal, Failure.Create(exception), context.WantsJson(parsed));
        }
    }

    public static RootCommand CreateRootCommand(ToolContext context)
    {
        var root = new RootCommand("Sets up Amazon Cognito for machine-to-machine access: user pool, domain, scopes, app clients and tokens from one file.")
        {
            InitCommand.Create(context),
            ImportCommand.Create(context),
            PlanCommand.Create(context),
            ApplyCommand.Create(context),
            OutputsCommand.Create(context),
            TokenCommand.Create(context),
            VerifyCommand.Create(context),
            DoctorCommand.Create(context),
            RotateSecretCommand.Create(context),
            UserCommand.Create(context),
            WithUserCommand.Create(context),
            PolicyCommand.Create(context),
            CostCommand.Create(context),
            DestroyCommand.Create(context),
            EmulateCommand.Create(context),
            CompletionCommand.Create(context),
            HelpCommand.Create(context),
        };
        context.Options.AddTo(root);

        var help = root.Options.OfType<HelpOption>().Single();
        var helpAction = new HelpWithExamples((HelpAction)help.Action!);
        help.Action = helpAction;
        root.SetAction(parsed =>
        {
            helpAction.Invoke(parsed);
            return (int)ExitCode.Usage;
        });
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new CompletionAnswer(suggest);
        return root;
    }

    private static ExitCode ReportUsageErrors(List<string> errors, ParseResult parsed, ToolContext context)
    {
        FailureReport.Write(context.Terminal, Failure.Create(ToolException.Create(ExitCode.Usage, errors)), context.WantsJson(parsed));

        var command = CommandPath.Find(parsed.CommandResult.Command);
        context.Terminal.Say($"See: {context.Host.CommandName} {command}{(command.Length > 0 ? " " : "")}--help");
        return ExitCode.Usage;
    }
}
