using CognitoM2M.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CognitoM2M.UserSessions.Settings;

/// <summary>Reads a configuration section into the options. The validator reports the errors of the section with its own errors.</summary>
internal sealed class SessionOptionsSection(IConfigurationSection section) : IConfigureOptions<CognitoUserSessionsOptions>
{
    public void Configure(CognitoUserSessionsOptions options)
    {
        options.ConfigurationPath = section.Path;
        var reader = new SectionReader(options.ConfigurationErrors);
        reader.ReadAll(section, "user sessions", (setting, value) => Read(reader, setting, value, options));
    }

    private static bool Read(SectionReader reader, string setting, IConfigurationSection value, CognitoUserSessionsOptions options)
    {
        switch (setting)
        {
            case "REGION": options.Region = reader.ReadText(value); break;
            case "USEFIPS": options.UseFips = reader.ReadBoolean(value, options.UseFips); break;
            case "SERVICEURL": options.ServiceUrl = IsEmpty(value) ? null : reader.ReadUri(value); break;
            case "DOMAIN": options.Domain = reader.ReadText(value); break;
            case "DOMAINURL": options.DomainUrl = IsEmpty(value) ? null : reader.ReadUri(value); break;
            case "PLAINHTTPHOSTS": options.PlainHttpHosts = reader.ReadList(value); break;
            case "CLIENTID": options.ClientId = reader.ReadText(value); break;
            case "CLIENTSECRET": options.ClientSecret = reader.ReadText(value); break;
            case "CALLBACKURLS": options.CallbackUrls = reader.ReadList(value); break;
            case "LOGOUTURLS": options.LogoutUrls = reader.ReadList(value); break;
            case "RETURNORIGINS": options.ReturnOrigins = reader.ReadList(value); break;
            case "STATEKEYS": options.StateKeys = reader.ReadList(value); break;
            case "STATELIFETIME": options.StateLifetime = reader.ReadTimeSpan(value, options.StateLifetime); break;
            case "TIMEOUT": options.Timeout = reader.ReadTimeSpan(value, options.Timeout); break;
            case "MAXSIGNINREQUESTSPERSECOND": options.MaxSignInRequestsPerSecond = reader.ReadInteger(value, options.MaxSignInRequestsPerSecond); break;
            default: return false;
        }

        return true;
    }

    // An empty text removes a setting of a less specific configuration file.
    private static bool IsEmpty(IConfigurationSection value) => string.IsNullOrEmpty(value.Value) && !value.GetChildren().Any();
}
