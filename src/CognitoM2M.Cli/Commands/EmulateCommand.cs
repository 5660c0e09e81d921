using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Output;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Connections;

namespace CognitoM2M.Cli.Commands;

/// <summary>Runs an emulated Cognito until it is stopped.</summary>
internal static class EmulateCommand
{
    public static Command Create(ToolContext context)
    {
        var settings = new EmulateOptions();

        var command = new Command("emulate", "Runs an emulated Cognito until Ctrl+C or SIGTERM, on a loopback address unless --listen names another one.");
        settings.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(context, settings, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolContext context, EmulateOptions settings, ParseResult parsed, CancellationToken cancellationToken)
    {
        var region = context.ReadAwsSettings(parsed).Region ?? AwsSettings.EmulatedRegion;
        var seed = await EmulatorSeed
            .LoadAsync(settings.ReadSeeds(parsed), context.ReadVariables(parsed), context.Host, cancellationToken)
            .ConfigureAwait(false);
        return await RunAsync(context, settings.Read(parsed, context.Host, region, seed), context.WantsJson(parsed), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(
        ToolContext context, CognitoEmulatorOptions options, bool json, CancellationToken cancellationToken)
    {
        var emulator = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            Warn(context.Terminal, options);
            if (json)
                context.Terminal.Document(JsonText.Serialize(new EmulatorDocument(emulator.BaseAddress, emulator.TokenEndpoint, options.Region), CommandDocuments.Instance.EmulatorDocument));
            else
                WriteText(context, emulator, options);

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
                ExitCode.Conflict, $"Port {options.Port} is in use. Choose another port with --port, or any free port with --port 0.");
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            throw new ToolException(ExitCode.Usage, $"--listen: this host does not have the address {options.ListenAddress}.");
        }
    }

    private static void Warn(Terminal terminal, CognitoEmulatorOptions options)
    {
        if (IPAddress.IsLoopback(options.ListenAddress))
            return;

        terminal.Say(
            $"The emulator listens on {options.ListenAddress}: everybody who reaches this address can read and change everything in it, secrets included. "
            + "Use it in a network that you trust, and never with real secrets.",
            Styles.Warning);
    }

    private static void WriteText(ToolContext context, CognitoEmulator emulator, CognitoEmulatorOptions options)
    {
        var address = emulator.BaseAddress.GetLeftPart(UriPartial.Authority);
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = address,
            ["AWS_REGION"] = options.Region,
            ["AWS_DEFAULT_REGION"] = options.Region,
        };
        if (options.RequiredCredentials is null)
            (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]) = ("emulator", "emulator");

        var terminal = context.Terminal;
        terminal.Result($"Emulating Amazon Cognito user pools of {options.Region} at {address}");
        terminal.Result("To use the emulator from another shell, run there:");
        terminal.Result($"  {ShellText.SetVariables(variables, context.Host.IsWindows)}");
        terminal.Result($"Token endpoint: {emulator.TokenEndpoint}");
        if (options.Page == EmulatorPage.AllAddresses || (options.Page == EmulatorPage.Loopback && emulator.BaseAddress.IsLoopback))
            terminal.Result($"Page: {emulator.BaseAddress}");
        if (options.StateFile is { } state)
            terminal.Result($"State file: {state}");
        terminal.Result("Press Ctrl+C to stop.");
    }

    internal sealed record EmulatorDocument(Uri Address, Uri TokenEndpoint, string Region);
}
