using System.CommandLine;

namespace CognitoM2M.Cli.Commands;

/// <summary>The commands about single users.</summary>
internal static class UserCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("user", "Creates and deletes technical users and users for tests.")
        {
            UserCreateCommand.Create(context),
            UserDeleteCommand.Create(context),
            UserSweepCommand.Create(context),
        };
        return command;
    }
}
