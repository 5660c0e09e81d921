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
        var scheme = schemes.FirstOrDefault(registered => registered.IsOwn && registered.Name == name);
        scheme?.ReadSection(services, "AddCognitoM2M", options.ConfigurationErrors, section => AuthenticationSection.Read(section, options));
    }
}
