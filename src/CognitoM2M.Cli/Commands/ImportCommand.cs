using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Writes the blueprint of a user pool that exists.</summary>
internal static class ImportCommand
{
    public static Command Create(ToolContext context)
    {
        var pool = new Option<string>("--pool")
        {
            Description = "The user pool: its id, or its name. Required.",
            HelpName = "ID|NAME",
            Required = true,
            CustomParser = TextValue.ParseName!,
        };
        var output = new Option<string>("--output")
        {
            Description = "The blueprint file to write. Required.",
            HelpName = "FILE",
            Required = true,
            CustomParser = FilePath.ParseFileToWrite!,
        };
        var clients = new Option<string[]?>("--client")
        {
            Description = "The name of an app client to take. May be repeated. [default: all app clients]",
            HelpName = "NAME",
            CustomParser = TextValue.ParseNames,
        };
        var force = Flag.Create("--force", "Overwrite the file if it exists. [default: an existing file is an error]");

        var command = new Command(
            "import", "Writes the blueprint of a user pool that exists, and its JSON schema beside it. Changes nothing in AWS. Writes no secret.")
        {
            pool, output, clients, force,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed,
            parsed.GetRequiredValue(pool),
            parsed.GetRequiredValue(output),
            new ImportOptions { AppClients = parsed.GetValue(clients) is { Length: > 0 } names ? names : null },
            parsed.GetValue(force),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string pool, string path, ImportOptions options, bool overwrite, CancellationToken cancellationToken)
    {
        BlueprintWriter.RequireWritable(path, overwrite);
        using var provisioner = context.CreateProvisioner(parsed);
        var imported = await ProgressDisplay.ShowAsync(
            context.Host,
            "reading the user pool",
            progress => provisioner.ImportAsync(pool, options, progress, cancellationToken)).ConfigureAwait(false);

        var blueprint = imported.Blueprint with { Schema = BlueprintWriter.SchemaReference };
        var schemaPath = await BlueprintWriter.WriteAsync(path, blueprint, overwrite, cancellationToken).ConfigureAwait(false);
        if (context.WantsJson(parsed))
        {
            context.Terminal.Document(JsonText.Serialize(
                new ImportDocument(path, schemaPath, blueprint.UserPool.Id!, imported.RequiresAdoption, imported.NotInBlueprint),
                CommandDocuments.Instance.ImportDocument));
        }
        else
        {
            WriteText(context.Host, path, imported);
        }

        return (int)ExitCode.Success;
    }

    private static void WriteText(ToolHost host, string path, ImportedBlueprint imported)
    {
        foreach (var line in imported.NotInBlueprint)
            host.Terminal.Say($"not in the blueprint, stays: {line}");

        var (servers, clients) = (imported.Blueprint.ResourceServers.Count, imported.Blueprint.AppClients.Count);
        host.Terminal.Result($"Wrote '{path}' with {servers} resource servers and {clients} app clients. Next: {host.CommandName} plan {path}{(imported.RequiresAdoption ? " --adopt" : "")}");
    }

    internal sealed record ImportDocument(string File, string SchemaFile, string UserPoolId, bool RequiresAdoption, IReadOnlyList<string> NotInBlueprint);
}
