using System.CommandLine;
using System.Security.Cryptography;
using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Writes a blueprint that applies as it stands.</summary>
internal static class InitCommand
{
    // Beside the blueprint, so that editors find the schema without a network, and that of this version of the tool.
    private const string SchemaName = "cognito-m2m.schema.json";

    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var name = new Option<string>("--name")
        {
            Description = "The name of the user pool.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "machine-to-machine",
        };
        var prefix = new Option<string?>("--prefix")
        {
            Description = "The prefix of the domain, unique in its region. [default: one with random digits]",
            HelpName = "PREFIX",
        };
        var noDomain = new Option<bool>("--no-domain")
        {
            Description = "No domain: tokens come from GetClientToken instead of the OAuth 2.0 token endpoint.",
        };
        var force = new Option<bool>("--force") { Description = "Overwrite the file if it exists." };

        var command = new Command("init", "Writes a blueprint to start from.") { file, name, prefix, noDomain, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(noDomain) && result.GetResult(prefix) is not null)
                result.AddError("--prefix and --no-domain exclude each other.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed.GetRequiredValue(file),
            CreateBlueprint(parsed.GetRequiredValue(name), parsed.GetValue(noDomain) ? null : parsed.GetValue(prefix) ?? RandomPrefix()),
            parsed.GetValue(force),
            context.WantsJson(parsed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, string path, Blueprint blueprint, bool overwrite, bool json, CancellationToken cancellationToken)
    {
        if (blueprint.Validate() is { Count: > 0 } mistakes)
            throw new ToolException(ExitCode.Usage, string.Join(Environment.NewLine, mistakes));

        try
        {
            var mode = overwrite ? FileMode.Create : FileMode.CreateNew;
            await WriteAsync(path, blueprint.ToJson(), mode, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw new ToolException(ExitCode.InvalidFile, $"'{path}' exists already. Name another file, or overwrite it with --force.");
        }

        await WriteAsync(SchemaBeside(path), Blueprint.JsonSchema, FileMode.Create, cancellationToken).ConfigureAwait(false);
        if (json)
            context.Terminal.Result(JsonText.Of(new InitDocument(path, SchemaBeside(path))));
        else
            context.Terminal.Result($"Wrote '{path}'. Next: cognito-m2m plan {path}");

        return (int)ExitCode.Success;
    }

    private static string SchemaBeside(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", SchemaName);

    private static async Task WriteAsync(string path, string text, FileMode mode, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, mode, FileAccess.Write);
        await using (stream.ConfigureAwait(false))
        {
            var writer = new StreamWriter(stream);
            await using (writer.ConfigureAwait(false))
                await writer.WriteLineAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Blueprint CreateBlueprint(string name, string? prefix) => new()
    {
        Schema = $"./{SchemaName}",
        UserPool = new UserPoolBlueprint { Name = name },
        Domain = prefix is null ? null : new DomainBlueprint { Prefix = prefix },
        ResourceServers =
        [
            new ResourceServerBlueprint
            {
                Identifier = "orders",
                Scopes =
                [
                    new ScopeBlueprint { Name = "read", Description = "Read orders" },
                    new ScopeBlueprint { Name = "write", Description = "Place and change orders" },
                ],
            },
        ],
        AppClients =
        [
            new AppClientBlueprint
            {
                Name = "billing",
                Scopes = ["orders/read"],
                Route = prefix is null ? AppClientRoute.GetClientToken : AppClientRoute.OAuth2,
                TokenLifetime = TimeSpan.FromHours(1),
            },
        ],
    };

    private sealed record InitDocument(string File, string SchemaFile);

    // Prefixes are taken by everybody in the region. Hexadecimal digits spell none of the reserved words.
    private static string RandomPrefix() => $"m2m-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";
}
