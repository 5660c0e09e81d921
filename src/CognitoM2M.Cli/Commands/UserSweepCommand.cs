using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Deletes temporary users that killed runs left behind.</summary>
internal static class UserSweepCommand
{
    private const int MostListed = 20;

    public static Command Create(ToolContext context)
    {
        var olderThan = new Option<TimeSpan?>("--older-than")
        {
            Description = "How old a temporary user must be: a whole number with one of the units m, h and d, such as 12h. Younger users may belong to a run that has not ended yet. [default: 1d]",
            HelpName = "AGE",
            CustomParser = ParseAge,
        };
        var dryRun = Flag.Create("--dry-run", "Only list the users.");
        var yes = Confirmation.CreateOption();
        var pool = new UserPoolOption();
        var command = new Command("sweep", "Deletes temporary users that killed runs left behind. No other user is deleted.") { olderThan, dryRun, yes };
        pool.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && result.GetValue(yes))
                result.AddError("--dry-run and --yes exclude each other.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (userPool, _) = await pool.ReadAsync(context, parsed, cancellationToken).ConfigureAwait(false);
            using var provisioner = context.CreateProvisioner(parsed);
            var found = await ProgressDisplay.ShowAsync(
                context.Host,
                "reading the users",
                progress => provisioner.ListTemporaryUsersAsync(userPool, parsed.GetValue(olderThan) ?? TimeSpan.FromDays(1), progress, cancellationToken)).ConfigureAwait(false);

            var json = context.WantsJson(parsed);
            if (!json)
                WriteList(context.Terminal, found);
            var isDry = parsed.GetValue(dryRun) || found.Count == 0;
            if (!isDry)
                await Confirmation.RequireAsync(context, parsed.GetValue(yes), $"Delete {Count(found.Count)} of user pool {userPool}?", cancellationToken).ConfigureAwait(false);
            var (left, failure) = isDry ? (found, null) : await DeleteAsync(provisioner, userPool, found, cancellationToken).ConfigureAwait(false);

            var deleted = found.Except(left).ToList();
            if (json)
                context.Terminal.Document(JsonText.Serialize(new([.. deleted.Select(user => user.Username)], [.. left.Select(user => user.Username)]), CommandDocuments.Instance.DeletedUsersDocument));
            else if (!isDry)
                context.Terminal.Result($"Deleted {Count(deleted.Count)}.");
            return failure is null ? (int)ExitCode.Success : ReportLeft(context, left, failure);
        });
        return command;
    }

    /// <summary>Deletes the users. A user who cannot be deleted does not keep the others. An error that has nothing to do with the user ends the deletion.</summary>
    /// <returns>The users who are left, and why: the error that ended the deletion, or else the first one. Null if no user is left.</returns>
    private static async Task<(IReadOnlyList<TemporaryUserDescription> Left, CognitoProvisioningException? Failure)> DeleteAsync(
        CognitoProvisioner provisioner, string userPool, IReadOnlyList<TemporaryUserDescription> users, CancellationToken cancellationToken)
    {
        var left = new List<TemporaryUserDescription>();
        CognitoProvisioningException? first = null;
        for (var i = 0; i < users.Count; i++)
        {
            try
            {
                await provisioner.DeleteUserAsync(userPool, users[i].Id, cancellationToken).ConfigureAwait(false);
            }
            catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.Refused)
            {
                first ??= e;
                left.Add(users[i]);
            }
            catch (CognitoProvisioningException e)
            {
                // Also if something was not found: that is the user pool, because a user who is gone is no error.
                return ([.. left, .. users.Skip(i)], e);
            }
        }

        return (left, first);
    }

    private static int ReportLeft(ToolContext context, IReadOnlyList<TemporaryUserDescription> left, CognitoProvisioningException cause)
    {
        var failure = Failure.Create(cause);
        context.Terminal.Say($"error: {Count(left.Count)} could not be deleted. {failure.Message}", Styles.Error);
        return (int)failure.Code;
    }

    private static void WriteList(Terminal terminal, IReadOnlyList<TemporaryUserDescription> users)
    {
        if (users.Count == 0)
            terminal.Result("There is no temporary user of this age.");
        foreach (var user in users.Take(MostListed))
            terminal.Result($"{user.CreatedAt:yyyy-MM-dd HH:mm}Z  {user.Username}");
        if (users.Count > MostListed)
            terminal.Result($"and {users.Count - MostListed} more");
    }

    private static string Count(int users) => users == 1 ? "1 temporary user" : $"{users} temporary users";

    private static TimeSpan? ParseAge(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        TimeSpan? unit = text.Length < 2 ? null : text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        // Four digits are enough for 27 years.
        if (unit is { } span && text.Length <= 5 && text[..^1].All(char.IsAsciiDigit))
            return span * int.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture);

        ValueError.Add(result, $"'{text}' is not an age such as 30m, 12h or 1d.");
        return null;
    }
}
