using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Creates a user with a generated password, which goes where the options say and nowhere else.</summary>
internal static class UserCreateCommand
{
    public static Command Create(ToolContext context)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "The name that the user signs in with. With --temporary, the tool makes the name.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = TextValue.ParseUsername,
        };
        var temporary = Flag.Create("--temporary", "Create a user for a test. The name of the user has a marker and the time, so that 'user sweep' finds the user.");
        var client = new Option<string?>("--client")
        {
            Description = "The name of the app client that the user signs in with: the password is stored under this name. [default: the only app client of the blueprint with the route UserPassword]",
            HelpName = "NAME",
            CustomParser = TextValue.ParseName,
        };
        var pool = new UserPoolOption();
        var attributes = new UserAttributes();
        var secrets = new SecretOptions();
        var command = new Command("create", "Creates a user who can sign in at once, with a generated password. No message is sent to the user.") { name, temporary, client };
        pool.AddTo(command);
        attributes.AddTo(command);
        secrets.AddTo(command);
        command.Validators.Add(result =>
        {
            if ((result.GetResult(name)?.Tokens.Count > 0) == result.GetValue(temporary))
                result.AddError("Give the name of the user, or --temporary for a name that the tool makes.");
            if (!secrets.HasDestination(result))
                result.AddError("Nobody would know the password. Add --secrets to store it, or --show-secret to print it.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (userPool, blueprint) = await pool.ReadAsync(context, parsed, cancellationToken).ConfigureAwait(false);
            var options = new TechnicalUserOptions
            {
                Username = parsed.GetValue(name),
                ClientName = parsed.GetValue(client) ?? FindClient(blueprint),
                EmailDomain = attributes.ReadEmailDomain(parsed),
                ReplaceOtherSecrets = secrets.MayReplaceOthers(parsed),
            };
            attributes.Read(parsed, options.Attributes);
            return await RunAsync(context, parsed, userPool, options, secrets.Read(parsed, context), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string userPool, TechnicalUserOptions options, SecretOutput output, CancellationToken cancellationToken)
    {
        if (output.Destination is not null)
        {
            if (options.ClientName is not { } client)
                throw new ToolException(ExitCode.Usage, "The password is stored under the name of an app client. Give the name with --client.");
            output.RequireNames([client]);
            await output.WarnAsync(context.Host, cancellationToken).ConfigureAwait(false);
        }

        using var provisioner = context.CreateProvisioner(parsed);
        var user = await ProgressDisplay.ShowAsync(
            context.Host,
            "creating the user",
            progress => provisioner.CreateUserAsync(userPool, options, output.Sink!, progress, cancellationToken)).ConfigureAwait(false);

        if (context.WantsJson(parsed))
        {
            var document = new UserDocument(user.UserPoolId, user.Username!, user.ClientName, user.ClientId, output.ShownPassword, output.FilePath, output.ParameterPath);
            context.Terminal.Document(JsonText.Serialize(document, CommandDocuments.Instance.UserDocument));
        }
        else
        {
            context.Terminal.Result($"{"User pool",-14}  {user.UserPoolId}");
            context.Terminal.Result($"{"User",-14}  {user.Username}");
            output.Write(context.Terminal);
        }

        return (int)ExitCode.Success;
    }

    private static string? FindClient(Blueprint? blueprint) =>
        blueprint?.AppClients.Where(client => client.Route == AppClientRoute.UserPassword).ToList() is [var only] ? only.Name : null;

    internal sealed record UserDocument(
        string UserPoolId, string Username, string? ClientName, string? ClientId, string? Password, string? SecretsFile, string? SecretsParameterPath)
    {
        // The text leaves the password out, because such texts end up in logs.
        public override string ToString() => Username;
    }
}
