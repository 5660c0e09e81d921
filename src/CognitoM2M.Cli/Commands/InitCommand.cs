using System.CommandLine;
using System.Security.Cryptography;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Writes a blueprint that can be applied without changes.</summary>
internal static class InitCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgumentToWrite();
        var name = new Option<string>("--name")
        {
            Description = "The name of the user pool: 1 to 128 letters, digits, spaces and _+=,.@-",
            HelpName = "NAME",
            DefaultValueFactory = _ => "machine-to-machine",
        };
        var prefix = new Option<string?>("--prefix")
        {
            Description = "The domain prefix: 1 to 63 lower-case letters, digits and inner hyphens, unique in the region. [default: m2m- and random digits]",
            HelpName = "PREFIX",
        };
        var noDomain = Flag.Create(
            "--no-domain", "Create no domain. The app client then gets its tokens with the operation GetClientToken. [default: create a prefix domain]");
        var force = Flag.Create("--force", "Overwrite the file if it exists. [default: an existing file is an error]");

        var command = new Command("init", "Writes a blueprint to start from, and its JSON schema beside it.") { file, name, prefix, noDomain, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(noDomain) && result.GetResult(prefix) is not null)
                result.AddError("--prefix and --no-domain exclude each other.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed.GetRequiredValue(file),
            FirstBlueprint.Create(
                BlueprintWriter.SchemaReference, parsed.GetRequiredValue(name), parsed.GetValue(noDomain) ? null : parsed.GetValue(prefix) ?? CreateRandomPrefix()),
            parsed.GetValue(force),
            context.WantsJson(parsed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, string path, Blueprint blueprint, bool overwrite, bool json, CancellationToken cancellationToken)
    {
        if (blueprint.Validate() is { Count: > 0 } mistakes)
            throw ToolException.Create(ExitCode.Usage, [.. mistakes.Select(DescribeMistake)]);

        var schemaPath = await BlueprintWriter.WriteAsync(path, blueprint, overwrite, cancellationToken).ConfigureAwait(false);
        if (json)
            context.Terminal.Document(JsonText.Serialize(new InitDocument(path, schemaPath), CommandDocuments.Instance.InitDocument));
        else
            context.Terminal.Result($"Wrote '{path}'. Next: {context.Host.CommandName} plan {path}");

        return (int)ExitCode.Success;
    }

    // The only parts of the blueprint that the user gave are the name and the prefix.
    private static string DescribeMistake(BlueprintMistake mistake) => mistake.Path switch
    {
        "userPool.name" => $"--name: {mistake.Message}.",
        "domain.prefix" => $"--prefix: {mistake.Message}.",
        _ => mistake.ToString(),
    };

    // A prefix is unique among all AWS accounts in the region. Hexadecimal digits cannot spell a reserved word.
    private static string CreateRandomPrefix() => $"m2m-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";

    internal sealed record InitDocument(string File, string SchemaFile);
}
