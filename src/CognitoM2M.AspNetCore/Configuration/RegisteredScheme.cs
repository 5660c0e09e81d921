using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// An authentication scheme that accepts Cognito's tokens: <c>AddCognitoM2M</c> registered it, or it belongs to a package that uses this one. The
/// container holds one object for each scheme.
/// </summary>
internal sealed record RegisteredScheme(string Name)
{
    /// <summary>The configuration section of the scheme; null for <c>Authentication:Schemes:{Name}</c>.</summary>
    public IConfigurationSection? Section { get; init; }

    /// <summary>Whether it is an error if the section does not exist.</summary>
    public bool RequiresSection { get; init; }

    /// <summary>Whether <c>AddCognitoM2M</c> registered the scheme. If not, another package sets the options of the scheme.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>Reads the configuration section of the scheme, if the scheme has one.</summary>
    /// <param name="services">Has the configuration.</param>
    /// <param name="call">The method that takes the settings instead.</param>
    /// <param name="errors">Takes the error about a section that is required.</param>
    /// <param name="read">Reads the section.</param>
    public void ReadSection(IServiceProvider services, string call, ICollection<string> errors, Action<IConfigurationSection> read)
    {
        var section = FindSection(services);
        if (section is not null && (RequiresSection || section.Exists()))
            read(section);
        else if (RequiresSection)
            errors.Add($"no configuration is registered. Register one, or pass the settings to {call}.");
    }

    /// <summary>Finds the configuration section of the scheme; null if the container has no configuration.</summary>
    public IConfigurationSection? FindSection(IServiceProvider services) => Section ?? FindSchemeSection(services);

    // The default provider cannot be created in a container without configuration, such as the container of a unit test.
    private IConfigurationSection? FindSchemeSection(IServiceProvider services) =>
        services.GetService<IConfiguration>() is null
            ? null
            : services.GetRequiredService<IAuthenticationConfigurationProvider>().GetSchemeConfiguration(Name) as IConfigurationSection;
}
