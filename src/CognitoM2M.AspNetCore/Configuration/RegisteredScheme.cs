using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>An authentication scheme that <c>AddCognitoM2M</c> registered. The container holds one object for each scheme.</summary>
internal sealed record RegisteredScheme(string Name)
{
    /// <summary>The configuration section of the scheme; null for <c>Authentication:Schemes:{Name}</c>.</summary>
    public IConfigurationSection? Section { get; init; }

    /// <summary>Whether it is an error if the section does not exist.</summary>
    public bool RequiresSection { get; init; }

    /// <summary>Finds the configuration section of the scheme; null if the container has no configuration.</summary>
    public IConfigurationSection? FindSection(IServiceProvider services) => Section ?? FindSchemeSection(services);

    // The default provider cannot be created in a container without configuration, such as the container of a unit test.
    private IConfigurationSection? FindSchemeSection(IServiceProvider services) =>
        services.GetService<IConfiguration>() is null
            ? null
            : services.GetRequiredService<IAuthenticationConfigurationProvider>().GetSchemeConfiguration(Name) as IConfigurationSection;
}
