using Microsoft.Extensions.Configuration;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>An authentication scheme that <c>AddCognitoM2M</c> registered. The container holds one object for each scheme.</summary>
internal sealed record RegisteredScheme(string Name)
{
    /// <summary>The configuration section of the scheme; null for <c>Authentication:Schemes:{Name}</c>.</summary>
    public IConfigurationSection? Section { get; init; }

    /// <summary>Whether it is an error if the section does not exist.</summary>
    public bool RequiresSection { get; init; }
}
