using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Replaces <c>${NAME}</c> in the text values of a blueprint. <c>$${</c> stands for <c>${</c> itself.</summary>
/// <param name="find">Finds the value of a variable; null if it is not set.</param>
internal sealed partial class BlueprintVariables(Func<string, string?> find)
{
    private const string Shown = "and the values of a blueprint are shown in plans";

    private readonly List<PlacedMistake> _mistakes = [];

    /// <summary>The variables that hold secrets of app clients, whatever their names are.</summary>
    private readonly HashSet<string> _secretVariables = new(StringComparer.Ordinal);

    /// <summary>The variables in passwords of users.</summary>
    private readonly HashSet<string> _passwordVariables = new(StringComparer.Ordinal);

    /// <summary>Variables that are not set or must not be used.</summary>
    public IReadOnlyList<PlacedMistake> Mistakes => _mistakes;

    /// <summary>Whether a text holds a variable, or the sign for none.</summary>
    public static bool Contains(ReadOnlySpan<byte> json) => json.IndexOf("${"u8) >= 0;

    /// <summary>Escapes JSON text: each <c>${</c> becomes <c>$${</c>, so that a blueprint with this text has no variable there.</summary>
    public static string Escape(string json) => json.Replace("${", "$${", StringComparison.Ordinal);

    /// <summary>Replaces the variables of a blueprint.</summary>
    public void Replace(JsonPart root)
    {
        // Plans never show passwords, so a variable in a password may hold a secret. No other value may show it.
        foreach (var (part, path) in FindPasswords(root))
        {
            foreach (var name in FindNames(part))
                _passwordVariables.Add(name);
            Replace(part, path, isPassword: true);
        }

        // The names of variables with secrets are collected first, so that no other value shows the content of these variables.
        foreach (var (part, path) in FindSecretVariables(root))
        {
            Replace(part, path);
            if (part.FindString() is { } name)
                _secretVariables.Add(name);
        }

        Replace(root, "$");
    }

    private static IEnumerable<(JsonPart Part, string Path)> FindSecretVariables(JsonPart root) => Find(root, "appClients", "secretVariable");

    private static IEnumerable<(JsonPart Part, string Path)> FindPasswords(JsonPart root) => Find(root, "users", "password");

    private static IEnumerable<(JsonPart Part, string Path)> Find(JsonPart root, string list, string name) =>
        root.Members.Where(member => member.Name == list)
            .SelectMany(member => member.Value.Items)
            .SelectMany((item, i) => item.Members.Where(member => member.Name == name).Select(member => (member.Value, $"{list}[{i}].{name}")));

    private static IEnumerable<string> FindNames(JsonPart part) =>
        Variable().Matches(part.FindString() ?? "").Where(match => match.Value != "$${").Select(match => match.Groups["name"].Value);

    /// <summary>Replaces the variables of a value and of everything in it, unless that was done before.</summary>
    private void Replace(JsonPart part, string path, bool isPassword = false)
    {
        foreach (var member in part.Members)
            Replace(member.Value, path == "$" ? member.Name : $"{path}.{member.Name}");
        for (var i = 0; i < part.Items.Count; i++)
            Replace(part.Items[i], $"{path}[{i}]");
        if (part.Kind == JsonTokenType.String && !part.IsReplaced && Contains(part.Text.Span))
            ReplaceText(part, path, isPassword);
    }

    private void ReplaceText(JsonPart part, string path, bool isPassword)
    {
        if (part.FindString() is not { } text)
            return;

        var replaced = Variable().Replace(text, match => FindValue(part, path, match, isPassword));
        part.Text = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(replaced)}\"");
        part.IsReplaced = true;
    }

    private string FindValue(JsonPart part, string path, Match match, bool isPassword)
    {
        if (match.Value == "$${")
            return "${";

        var name = match.Groups["name"].Value;
        if (!match.Groups["end"].Success || !Name().IsMatch(name))
            Add("'${' must be followed by the name of a variable and }: letters, digits and _, not beginning with a digit; write $${ for ${ itself");
        else if (isPassword)
            return find(name) ?? AddUnset();
        else if (_passwordVariables.Contains(name))
            Add($"the variable '{OneLine.Show(name)}' holds the password of a user, {Shown}; use another variable");
        else if (_secretVariables.Contains(name))
            Add($"the variable '{OneLine.Show(name)}' holds the secret of an app client (secretVariable), {Shown}; use another variable");
        else if (SecretVariables.IsNameOfSecret(name))
            Add($"the variable '{OneLine.Show(name)}' is named like a secret, {Shown}; give secrets with secretVariable, or rename the variable if it holds no secret");
        else if (find(name) is { } value)
            return SecretVariables.HoldsPassword(value) ? AddPassword() : value;
        else
            AddUnset();
        return "";

        string AddUnset()
        {
            Add($"the variable '{OneLine.Show(name)}' is not set; set it in the environment, or with --var {OneLine.Show(name)}=VALUE");
            return "";
        }

        string AddPassword()
        {
            Add($"the value of the variable '{OneLine.Show(name)}' is an address with a password in it, {Shown}");
            return "";
        }

        void Add(string message) => _mistakes.Add(new(part.Start, path, message));
    }

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[^}]*)(?<end>\})?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
