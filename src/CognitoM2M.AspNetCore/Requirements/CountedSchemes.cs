namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>The authentication schemes whose identities count for a requirement.</summary>
/// <param name="names">The names of the schemes; null if identities of every scheme count.</param>
internal sealed class CountedSchemes(string[]? names)
{
    /// <summary>Identities of every scheme count.</summary>
    public static CountedSchemes All { get; } = new(names: null);

    /// <summary>Identities of the schemes that are registered in the container count. <see cref="RegisteredSchemesHandler"/> knows their names.</summary>
    public static CountedSchemes Registered { get; } = new(names: []);

    public string[]? Names { get; } = names;
}
