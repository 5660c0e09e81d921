namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks the users and groups of a blueprint. What the user pool alone decides, such as its password policy, the emulator checks.</summary>
internal static class UserValidation
{
    private const string NameRule = "must be 1 to 128 characters without white space";
    private const int LongestName = 128;
    private const int LongestPassword = 256;
    private const int LongestAttributeName = 32;
    private const int LongestText = 2048;

    public static IEnumerable<BlueprintMistake> Check(Blueprint blueprint)
    {
        if (blueprint.UserPool is { External: true })
        {
            if (blueprint.Users.Count > 0)
                yield return Create("users", "userPool.external is true, and an external user pool is never changed; leave users out");
            if (blueprint.Groups.Count > 0)
                yield return Create("groups", "userPool.external is true, and an external user pool is never changed; leave groups out");
        }

        foreach (var mistake in CheckGroups(blueprint.Groups).Concat(CheckUsers(blueprint.Users, blueprint.Groups)))
            yield return mistake;

        if (blueprint.UserPool?.UsernameAttributes is not ["email"])
            yield break;

        for (var i = 0; i < blueprint.Users.Count; i++)
        {
            if (blueprint.Users[i]?.Name is { } name && !IsEmail(name, LongestName))
                yield return Create($"users[{i}].name", "users of this user pool sign in with their address (userPool.usernameAttributes); leave the name out and give an email");
        }
    }

    private static IEnumerable<BlueprintMistake> CheckGroups(IReadOnlyList<GroupBlueprint> groups)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i] is not { } group)
            {
                yield return Create($"groups[{i}]", "must not be null");
                continue;
            }

            if (!IsVisible(group.Name, LongestName))
                yield return Create($"groups[{i}].name", NameRule);
            else if (!names.Add(group.Name))
                yield return Create($"groups[{i}].name", $"there are two groups '{group.Name}'");
            if (group.Description is { Length: > LongestText })
                yield return Create($"groups[{i}].description", $"must be at most {LongestText} characters");
            if (group.Precedence < 0)
                yield return Create($"groups[{i}].precedence", "must not be negative");
            if (group.RoleArn is { } role && !NameRules.IsRoleArn(role))
                yield return Create($"groups[{i}].roleArn", "must be the ARN of an IAM role");
        }
    }

    private static IEnumerable<BlueprintMistake> CheckUsers(IReadOnlyList<UserBlueprint> users, IReadOnlyList<GroupBlueprint> groups)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var known = groups.Where(group => group is not null).Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < users.Count; i++)
        {
            if (users[i] is not { } user)
            {
                yield return Create($"users[{i}]", "must not be null");
                continue;
            }

            foreach (var mistake in CheckNames($"users[{i}]", user, names).Concat(CheckContents($"users[{i}]", user, known)))
                yield return mistake;
        }
    }

    private static IEnumerable<BlueprintMistake> CheckNames(string path, UserBlueprint user, HashSet<string> names)
    {
        if (user.Username is not { } name)
            yield return Create(path, "must have a name, an email, or both");
        else if (user.Name is not null && !IsVisible(user.Name, LongestName))
            yield return Create($"{path}.name", NameRule);
        else if (!names.Add(name))
            yield return Create(user.Name is null ? $"{path}.email" : $"{path}.name", $"there are two users '{name}'");

        if (user.Email is { } email && !IsEmail(email, user.Name is null ? LongestName : LongestText))
            yield return Create($"{path}.email", "must be an email address such as ann@example.com");
    }

    private static IEnumerable<BlueprintMistake> CheckContents(string path, UserBlueprint user, HashSet<string> groups)
    {
        // The message does not repeat the password.
        if (user.Password is { } password && !(password.Length is > 0 and <= LongestPassword && !password.Any(char.IsWhiteSpace)))
            yield return Create($"{path}.password", $"must be 1 to {LongestPassword} characters without white space");
        if (user is { MustChangePassword: true, Password: null })
            yield return Create($"{path}.mustChangePassword", "there is no password to change; add one");

        foreach (var (name, value) in user.Attributes)
        {
            if (!IsVisible(name, LongestAttributeName))
                yield return Create($"{path}.attributes.{name}", $"a name must be 1 to {LongestAttributeName} characters without white space");
            else if (name == "sub")
                yield return Create($"{path}.attributes.sub", "cannot be set: the emulator chooses it");
            else if (name == "email" && user.Email is not null)
                yield return Create($"{path}.attributes.email", "there is also an email; leave one of the two out");
            else if (value is null)
                yield return Create($"{path}.attributes.{name}", "must not be null");
            else if (value.Length > LongestText)
                yield return Create($"{path}.attributes.{name}", $"must be at most {LongestText} characters");
        }

        for (var i = 0; i < user.Groups.Count; i++)
        {
            if (user.Groups[i] is not { } group)
                yield return Create($"{path}.groups[{i}]", "must not be null");
            else if (!groups.Contains(group))
                yield return Create($"{path}.groups[{i}]", $"'{group}' is not a group of this blueprint");
            else if (user.Groups.Take(i).Contains(group, StringComparer.Ordinal))
                yield return Create($"{path}.groups[{i}]", $"'{group}' appears twice");
        }
    }

    private static bool IsVisible(string? text, int maxLength) =>
        text is { Length: > 0 } && text.Length <= maxLength && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static bool IsEmail(string text, int maxLength) =>
        IsVisible(text, maxLength) && text.Split('@') is [{ Length: > 0 }, { Length: > 0 }];

    private static BlueprintMistake Create(string path, string message) => new() { Path = path, Message = message };
}
