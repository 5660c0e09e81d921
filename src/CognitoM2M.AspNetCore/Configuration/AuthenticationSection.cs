using CognitoM2M.Shared;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Reads a configuration section into the options of a scheme. Every mistake becomes an error that the validator reports.</summary>
internal static class AuthenticationSection
{
    public static void Read(IConfigurationSection section, CognitoM2MAuthenticationOptions options)
    {
        var reader = new SectionReader(options.ConfigurationErrors);
        var verification = new VerificationSection(options.OwnUserPool, options.Verification, options.ConfigurationErrors);
        reader.ReadAll(
            section, "an authentication scheme", (name, setting) => verification.Read(name, setting) || ReadScheme(name, setting, options, reader));
    }

    private static bool ReadScheme(string name, IConfigurationSection setting, CognitoM2MAuthenticationOptions options, SectionReader reader)
    {
        switch (name)
        {
            case "ACCEPTEDTOKENS": options.AcceptedTokens = reader.ReadEnum(setting, options.AcceptedTokens); break;
            case "REALM": options.Realm = reader.ReadRequiredText(setting); break;
            case "INCLUDEERRORDESCRIPTION": options.IncludeErrorDescription = reader.ReadBoolean(setting, options.IncludeErrorDescription); break;
            case "LOADKEYSATSTART": options.LoadKeysAtStart = reader.ReadBoolean(setting, options.LoadKeysAtStart); break;
            case "SAVETOKEN": options.SaveToken = reader.ReadBoolean(setting, options.SaveToken); break;
            case "NAMECLAIMTYPE": options.NameClaimType = reader.ReadRequiredText(setting) ?? options.NameClaimType; break;
            case "ROLECLAIMTYPE": options.RoleClaimType = reader.ReadRequiredText(setting) ?? options.RoleClaimType; break;
            case "RESOURCE": options.Resource = reader.ReadRequiredText(setting); break;
            case "RESOURCENAME": options.ResourceName = reader.ReadRequiredText(setting); break;
            case "AUTHORIZATIONSERVERS": options.AuthorizationServers = reader.ReadList(setting); break;
            case "SCOPESSUPPORTED": options.ScopesSupported = reader.ReadList(setting); break;
            default: return false;
        }

        return true;
    }
}
