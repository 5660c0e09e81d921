namespace CognitoM2M.Analyzers.Code;

/// <summary>Knows the names under which secrets are set.</summary>
internal static class SecretName
{
    private const string Section = "CognitoM2M:Clients:";

    private static readonly string[] _properties = ["ClientSecret", "Password"];

    public static bool IsProperty(string name) => Array.IndexOf(_properties, name) >= 0;

    public static bool IsParameter(string name) => name is "clientSecret" or "password" or "newPassword";

    /// <summary>The setting that a key of the configuration names, such as <c>CognitoM2M:Clients:orders:ClientSecret</c>; null if it names no secret.</summary>
    public static string? FindInKey(string? key)
    {
        // The name of an environment variable has underscores in place of colons.
        if (key?.Replace("__", ":") is not { } path || !path.StartsWith(Section, StringComparison.OrdinalIgnoreCase))
            return null;

        return Array.Find(_properties, name => path.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase));
    }
}
