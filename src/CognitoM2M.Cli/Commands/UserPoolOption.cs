using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options that say in which user pool a user is: <c>--pool</c>, or a blueprint.</summary>
internal sealed class UserPoolOption
{
    private readonly Option<string?> _pool = new("--pool")
    {
        Description = "The user pool: its id, or its name. The permissions of 'policy --temporary-users' need the id. [default: the user pool of the blueprint]",
        HelpName = "ID|NAME",
        CustomParser = TextValue.ParseName,
    };

    private readonly Option<string?> _blueprint = new("--blueprint")
    {
        Description = $"The blueprint file that names the user pool. [default: {BlueprintFile.DefaultName}]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFileToRead,
    };

    public void AddTo(Command command)
    {
        command.Add(_pool);
        command.Add(_blueprint);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_pool) is not null && result.GetResult(_blueprint) is not null)
                result.AddError("--pool and --blueprint exclude each other.");
        });
    }

    /// <summary>The id or the name of the user pool, and the blueprint if it was read.</summary>
    public async Task<(string UserPool, Blueprint? Blueprint)> ReadAsync(ToolContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_pool) is { } pool)
            return (pool, null);

        var path = parsed.GetValue(_blueprint) ?? BlueprintFile.DefaultName;
        var blueprint = await BlueprintFile.LoadAsync(path, context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false);
        return (blueprint.UserPool.Id ?? blueprint.UserPool.Name, blueprint);
    }
}
