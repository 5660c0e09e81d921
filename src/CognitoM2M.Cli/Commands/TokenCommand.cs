using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Tokens;

namespace CognitoM2M.Cli.Commands;

/// <summary>Gets an access token and prints it, or its claims.</summary>
internal static class TokenCommand
{
    public static Command Create(ToolContext context)
    {
        var settings = new TokenOptions();
        var decode = Flag.Create("--decode", "Print the token's header and claims instead of the token. Nothing is verified.");

        var command = new Command("token", "Gets an access token for an app client and prints it. AWS charges for each token.") { decode };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = TokenSource.Create(context.Host, settings.Read(parsed, context));
            var token = await ProgressDisplay.ShowAsync(
                context.Host,
                $"waiting for a token for '{source.ClientName}'",
                _ => source.GetTokenAsync(cancellationToken)).ConfigureAwait(false);

            if (parsed.GetValue(decode))
                context.Terminal.Document(JsonText.Serialize(DecodedToken.Decode(token.Value), CommandDocuments.Instance.DecodedToken));
            else if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(
                    new TokenDocument(token.Value, token.TokenType, token.ExpiresAt, token.Scopes), CommandDocuments.Instance.TokenDocument));
            else
                context.Terminal.Result(token.Value);

            return (int)ExitCode.Success;
        });
        return command;
    }

    internal sealed record TokenDocument(string AccessToken, string TokenType, DateTimeOffset ExpiresAt, IReadOnlyList<string> Scopes)
    {
        // The text leaves the token out, because such texts end up in logs.
        public override string ToString() => $"{TokenType} token, expires {ExpiresAt:O}";
    }
}
