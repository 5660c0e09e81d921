using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// Sets the options of a scheme from its configuration section. Runs before the delegate that the user gave to <c>AddCognitoM2M</c>, so the
/// delegate wins.
/// </summary>
internal sealed class SchemeConfiguration(IEnumerable<RegisteredScheme> schemes, IServiceProvider services)
    : IConfigureNamedOptions<CognitoM2MAuthenticationOptions>
{
    public void Configure(CognitoM2MAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CognitoM2MAuthenticationOptions options)
    {
        if (schemes.FirstOrDefault(registered => registered.Name == name) is not { } scheme)
            return;

        var section = scheme.FindSection(services);
        if (section is not null && (scheme.RequiresSection || section.Exists()))
            AuthenticationSection.Read(section, options);
        else if (scheme.RequiresSection)
            options.ConfigurationErrors.Add("no configuration is registered. Register one, or pass the settings to AddCognitoM2M.");
    }
}
