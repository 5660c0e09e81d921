using System.CommandLine;
using System.Text.Json;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Tokens;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Commands;

/// <summary>Verifies a token from standard input, and says what is in it and what is wrong with it.</summary>
internal static class VerifyCommand
{
    // Input is not read to its end: what is piped in by mistake may be endless. No header takes as much.
    private const int MostCharacters = 65_536;

    public static Command Create(ToolContext context)
    {
        var options = new VerifyOptions();
        var command = new Command("verify", "Verifies a token from standard input as an API would, and explains the verdict.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifier = new CognitoAccessTokenVerifier(options.From(parsed, context), timeProvider: context.Host.TimeProvider);
            var token = await ReadTokenAsync(context, cancellationToken).ConfigureAwait(false);
            var result = await verifier.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
            if (result.Rejection is { Reason: TokenRejectionReason.KeysNotAvailable } keys)
                throw new ToolException(ExitCode.Unreachable, $"The key set cannot be had, so nothing is known of the token: expected {keys.Expected}; found {keys.Actual}.");

            if (context.WantsJson(parsed))
                context.Terminal.Result(JsonText.Of(VerdictDocument.Of(result, DecodedToken.TryOf(token))));
            else
                Explain(context.Terminal, result, DecodedToken.TryOf(token));
            return (int)(result.IsValid ? ExitCode.Success : ExitCode.Failed);
        });
        return command;
    }

    private static async Task<string> ReadTokenAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (context.Terminal.Ask is not null)
            context.Terminal.Say("Paste the token and end the input (Ctrl+D; on Windows Ctrl+Z and Enter).");

        var text = new char[MostCharacters];
        var length = await context.Host.Input.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        var token = text.AsSpan(0, length).Trim();
        return (token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? token["Bearer ".Length..].TrimStart() : token).ToString();
    }

    private static void Explain(Terminal terminal, VerificationResult result, DecodedToken? token)
    {
        if (result.IsValid)
        {
            terminal.Result($"valid until {result.Claims.ExpiresAt:u}, for app client '{result.Claims.ClientId}'");
            terminal.Result($"  scopes: {(result.Claims.Scopes.Count == 0 ? "none" : string.Join(' ', result.Claims.Scopes))}");
        }
        else
        {
            terminal.Result($"rejected: {result.Rejection.Reason}", Styles.Error);
            terminal.Result($"  expected {result.Rejection.Expected}");
            terminal.Result($"  found    {result.Rejection.Actual}");
        }

        if (token is not null)
            terminal.Result($"{(result.IsValid ? "What it says" : "What it says, which is not to be believed")}:\n{JsonText.Of(token)}");
    }

    private sealed record VerdictDocument(bool Valid, string? Reason, string? Expected, string? Actual, JsonElement? Header, JsonElement? Claims)
    {
        public static VerdictDocument Of(VerificationResult result, DecodedToken? token) => new(
            result.IsValid,
            result.Rejection is { } rejection ? JsonText.Name(rejection.Reason.ToString()) : null,
            result.Rejection?.Expected,
            result.Rejection?.Actual,
            token?.Header,
            token?.Claims);
    }
}
