using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Reads a configuration section into the options of a scheme. Every mistake becomes an error that the validator reports.</summary>
internal static class AuthenticationSection
{
    public static void Read(IConfigurationSection section, CognitoM2MAuthenticationOptions options)
    {
        var reader = new SectionReader(options.ConfigurationErrors);
        reader.ReadAll(
            section,
            "an authentication scheme",
            (name, setting) => ReadPool(name, setting, options.OwnUserPool, reader) || ReadScheme(name, setting, options, reader));
    }

    private static bool ReadScheme(string name, IConfigurationSection setting, CognitoM2MAuthenticationOptions options, SectionReader reader)
    {
        var verification = options.Verification;
        switch (name)
        {
            case "USERPOOLS": verification.UserPools = ReadPools(setting, options, reader); break;
            case "ALLOFSCOPES": verification.AllOfScopes = reader.ReadList(setting); break;
            case "ANYOFSCOPES": verification.AnyOfScopes = reader.ReadList(setting); break;
            case "PLAINHTTPHOSTS": verification.PlainHttpHosts = reader.ReadList(setting); break;
            case "CLOCKTOLERANCE": verification.ClockTolerance = reader.ReadTimeSpan(setting, verification.ClockTolerance); break;
            case "MAXTOKENLENGTH": verification.MaxTokenLength = reader.ReadInteger(setting, verification.MaxTokenLength); break;
            case "VERIFIEDTOKENCACHESIZE": verification.VerifiedTokenCacheSize = reader.ReadInteger(setting, verification.VerifiedTokenCacheSize); break;
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

    private static bool ReadPool(string name, IConfigurationSection setting, TrustedUserPool pool, SectionReader reader)
    {
        switch (name)
        {
            case "USERPOOLID": pool.UserPoolId = reader.ReadRequiredText(setting); break;
            case "CLIENTIDS": pool.ClientIds = reader.ReadList(setting); break;
            case "ALLOWANYCLIENT": pool.AllowAnyClient = reader.ReadBoolean(setting, pool.AllowAnyClient); break;
            case "ISSUER": pool.Issuer = reader.ReadRequiredText(setting); break;
            case "JWKSURI": pool.JwksUri = reader.ReadUri(setting); break;
            case "JWKS": pool.Jwks = reader.ReadRequiredText(setting); break;
            default: return false;
        }

        return true;
    }

    private static List<TrustedUserPool> ReadPools(IConfigurationSection setting, CognitoM2MAuthenticationOptions options, SectionReader reader)
    {
        List<TrustedUserPool> pools = [.. setting.GetChildren().Select(child => ReadPool(child, reader))];
        if (pools.Count == 0)
            options.ConfigurationErrors.Add($"'{setting.Path}' must be a list of user pools. Add an entry or remove the setting.");
        return pools;
    }

    private static TrustedUserPool ReadPool(IConfigurationSection section, SectionReader reader)
    {
        var pool = new TrustedUserPool();
        reader.ReadAll(section, "a user pool", (name, setting) => ReadPool(name, setting, pool, reader));
        return pool;
    }
}
