using System.CommandLine;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Output;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Connections;

namespace CognitoM2M.Cli.Commands;

/// <summary>Serves an emulated Cognito on the loopback interface until it is stopped.</summary>
internal static class EmulateCommand
{
    public static Command Create(ToolContext context)
    {
        var settings = new EmulateOptions();

        var command = new Command("emulate", "Serves an emulated Cognito on the loopback interface, until Ctrl+C or SIGTERM.");
        settings.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            settings.From(parsed, context.Host, context.AwsSettings(parsed).Region ?? AwsSettings.EmulatedRegion),
            context.WantsJson(parsed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, CognitoEmulatorOptions options, bool json, CancellationToken cancellationToken)
    {
        var emulator = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            if (json)
                context.Terminal.Result(JsonText.Of(new EmulatorDocument(emulator.BaseAddress, emulator.TokenEndpoint, options.Region)));
            else
                WriteText(context.Terminal, emulator, options);

            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).SetResult(), stopped))
                await stopped.Task.ConfigureAwait(false);
        }

        context.Terminal.Say("Stopped.");
        return (int)ExitCode.Success;
    }

    private static async Task<CognitoEmulator> StartAsync(CognitoEmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await CognitoEmulator.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new ToolException(
                ExitCode.Conflict, $"Port {options.Port} is in use. Choose another one with --port, or any free one with --port 0.");
        }
    }

    private static void WriteText(Terminal terminal, CognitoEmulator emulator, CognitoEmulatorOptions options)
    {
        var address = emulator.BaseAddress.GetLeftPart(UriPartial.Authority);
        var credentials = options.RequiredCredentials is null ? " AWS_ACCESS_KEY_ID=emulator AWS_SECRET_ACCESS_KEY=emulator" : "";

        terminal.Result($"Emulating Amazon Cognito user pools of {options.Region} at {address}");
        terminal.Result("For AWS's tools and SDKs, in another shell:");
        terminal.Result($"  export AWS_ENDPOINT_URL={address} AWS_REGION={options.Region} AWS_DEFAULT_REGION={options.Region}{credentials}");
        terminal.Result($"For tokens: {emulator.TokenEndpoint}");
        if (options.StateFile is { } state)
            terminal.Result($"Kept in: {state}");
        terminal.Result("Ctrl+C stops it.");
    }

    private sealed record EmulatorDocument(Uri Address, Uri TokenEndpoint, string Region);
}
