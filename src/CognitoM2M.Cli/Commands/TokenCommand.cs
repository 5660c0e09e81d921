using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Tokens;

namespace CognitoM2M.Cli.Commands;

/// <summary>Gets an access token and prints it, or what is in it.</summary>
internal static class TokenCommand
{
    public static Command Create(ToolContext context)
    {
        var settings = new TokenOptions();
        var decode = new Option<bool>("--decode")
        {
            Description = "Print the token's header and claims instead of the token. Nothing is verified.",
        };

        var command = new Command("token", "Gets a token for an app client and prints it. AWS charges for each token.") { decode };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = TokenSource.From(context.Host, settings.From(parsed, context));
            var token = await ProgressDisplay.ShowAsync(
                context.Host,
                $"Waiting for a token for '{source.ClientName}'",
                _ => source.GetTokenAsync(cancellationToken)).ConfigureAwait(false);

            if (parsed.GetValue(decode))
                context.Terminal.Result(JsonText.Of(DecodedToken.Of(token.Value)));
            else if (context.WantsJson(parsed))
                context.Terminal.Result(JsonText.Of(new TokenDocument(token.Value, token.TokenType, token.ExpiresAt, token.Scopes)));
            else
                context.Terminal.Result(token.Value);

            return (int)ExitCode.Success;
        });
        return command;
    }

    private sealed record TokenDocument(string AccessToken, string TokenType, DateTimeOffset ExpiresAt, IReadOnlyList<string> Scopes)
    {
        public override string ToString() => $"{TokenType} token, expires {ExpiresAt:O}";
    }
}
