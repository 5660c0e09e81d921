using System.CommandLine;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Commands;

/// <summary>Serves an emulated Cognito on the loopback interface until it is stopped.</summary>
internal static class EmulateCommand
{
    private const int DefaultPort = 9595;

    public static Command Create(ToolContext context)
    {
        var port = new Option<int>("--port")
        {
            Description = "The TCP port; 0 takes any free one.", HelpName = "PORT", DefaultValueFactory = _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > ushort.MaxValue)
                result.AddError("--port must be from 0 to 65535.");
        });
        var loopbackIssuer = new Option<bool>("--loopback-issuer")
        {
            Description = "Tokens name the emulator's address as their issuer, for verifiers that find keys through the issuer.",
        };

        var command = new Command("emulate", "Serves an emulated Cognito on the loopback interface until Ctrl+C or SIGTERM. --region chooses its region.")
        {
            port, loopbackIssuer,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed.GetValue(port),
            context.AwsSettings(parsed).Region ?? AwsSettings.EmulatedRegion,
            parsed.GetValue(loopbackIssuer) ? EmulatedIssuer.Loopback : EmulatedIssuer.Cognito,
            context.WantsJson(parsed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, int port, string region, EmulatedIssuer issuer, bool json, CancellationToken cancellationToken)
    {
        var emulator = await StartAsync(port, region, issuer, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            if (json)
                context.Terminal.Result(JsonText.Of(new EmulatorDocument(emulator.BaseAddress, emulator.TokenEndpoint, region)));
            else
                WriteText(context.Terminal, emulator, region);

            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).SetResult(), stopped))
                await stopped.Task.ConfigureAwait(false);
        }

        context.Terminal.Say("Stopped.");
        return (int)ExitCode.Success;
    }

    private static async Task<CognitoEmulator> StartAsync(int port, string region, EmulatedIssuer issuer, CancellationToken cancellationToken)
    {
        try
        {
            var options = new CognitoEmulatorOptions { Port = port, Region = region, Issuer = issuer };
            return await CognitoEmulator.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException error)
        {
            throw new ToolException(ExitCode.Usage, error.Message);
        }
        catch (IOException error)
        {
            throw new ToolException(ExitCode.Conflict, $"{error.Message} Choose another port with --port, or any free one with --port 0.");
        }
    }

    private static void WriteText(Terminal terminal, CognitoEmulator emulator, string region)
    {
        var address = emulator.BaseAddress.GetLeftPart(UriPartial.Authority);
        terminal.Result($"Emulating Amazon Cognito user pools of {region} at {address}");
        terminal.Result("For AWS's tools and SDKs, in another shell:");
        terminal.Result($"  export AWS_ENDPOINT_URL={address} AWS_REGION={region} AWS_ACCESS_KEY_ID=emulator AWS_SECRET_ACCESS_KEY=emulator");
        terminal.Result($"For tokens: {emulator.TokenEndpoint}");
        terminal.Result("Ctrl+C stops it.");
    }

    private sealed record EmulatorDocument(Uri Address, Uri TokenEndpoint, string Region);
}
