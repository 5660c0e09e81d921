using System.CommandLine;
using System.Text.Json;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Tokens;
using CognitoM2M.Shared;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Commands;

/// <summary>Verifies a token from standard input, and prints its claims and the reason if it is rejected.</summary>
internal static class VerifyCommand
{
    // Standard input may be endless, for example if the user pipes the wrong program. No HTTP header is this long.
    private const int MaxInputLength = 65_536;

    public static Command Create(ToolContext context)
    {
        var options = new VerifyOptions();
        var command = new Command("verify", "Verifies a token from standard input as an API would, and says why a token is rejected.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifier = TokenVerifier.Create(options.Read(parsed, context), context.Host.TimeProvider);
            var token = await ReadTokenAsync(context, cancellationToken).ConfigureAwait(false);
            var result = await verifier.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
            if (result.Rejection is { Reason: TokenRejectionReason.KeysNotAvailable } keys)
            {
                throw new ToolException(
                    ExitCode.Unreachable,
                    $"The token could not be verified, because the key set could not be read: expected {OneLine.Show(keys.Expected)}; found {OneLine.Show(keys.Actual)}. Check --jwks and --endpoint-url.");
            }

            if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(VerdictDocument.Create(result, DecodedToken.TryDecode(token)), CommandDocuments.Instance.VerdictDocument));
            else
                WriteText(context.Terminal, result, DecodedToken.TryDecode(token));
            return (int)(result.IsValid ? ExitCode.Success : ExitCode.Failed);
        });
        return command;
    }

    private static async Task<string> ReadTokenAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (context.Terminal.Ask is not null)
        {
            var endOfInput = context.Host.IsWindows ? "press Enter, Ctrl+Z and Enter" : "press Enter and Ctrl+D";
            context.Terminal.Say($"Paste the token, then {endOfInput}.");
        }

        var text = new char[MaxInputLength];
        var length = await context.Host.Input.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        var token = text.AsSpan(0, length).Trim().ToString();
        return BearerScheme.IsNamed(token) ? BearerScheme.ReadToken(token).ToString() : token;
    }

    private static void WriteText(Terminal terminal, TokenVerdict result, DecodedToken? token)
    {
        if (result.IsValid)
        {
            terminal.Result($"valid until {result.Claims.ExpiresAt:u}, for app client '{OneLine.Show(result.Claims.ClientId)}'");
            if (result.Claims is CognitoAccessTokenClaims { Scopes: var scopes })
                terminal.Result($"  scopes: {Join(scopes)}");
            if (result.Claims.Username is { } username)
            {
                terminal.Result($"  user:   {OneLine.Show(username)}");
                terminal.Result($"  groups: {Join(result.Claims.Groups)}");
            }
        }
        else
        {
            terminal.Result($"rejected: {result.Rejection.Reason}", Styles.Error);
            terminal.Result($"  expected {OneLine.Show(result.Rejection.Expected)}");
            terminal.Result($"  found    {OneLine.Show(result.Rejection.Actual)}");
        }

        if (token is null)
            return;

        terminal.Result(result.IsValid ? "Content of the token:" : "Content of the token (do not trust it):");
        terminal.Document(JsonText.Serialize(token, CommandDocuments.Instance.DecodedToken));
    }

    private static string Join(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(' ', names.Select(OneLine.Show));

    internal sealed record VerdictDocument(bool Valid, string? Reason, string? Expected, string? Actual, JsonElement? Header, JsonElement? Claims)
    {
        public static VerdictDocument Create(TokenVerdict result, DecodedToken? token) => new(
            result.IsValid,
            result.Rejection is { } rejection ? JsonText.ToCamelCase(rejection.Reason.ToString()) : null,
            result.Rejection?.Expected,
            result.Rejection?.Actual,
            token?.Header,
            token?.Claims);
    }
}
