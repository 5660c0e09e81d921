using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Reads the settings of a configuration section that say which tokens are accepted. Every mistake becomes an error.</summary>
/// <param name="ownUserPool">The user pool that stands directly in the section.</param>
/// <param name="verification">All other settings.</param>
/// <param name="errors">Takes the errors.</param>
internal sealed class VerificationSection(TrustedUserPool ownUserPool, CognitoAccessTokenVerifierOptions verification, ICollection<string> errors)
{
    private readonly SectionReader _reader = new(errors);

    /// <summary>Reads one setting; false if it is not among these settings.</summary>
    /// <param name="name">The name of the setting, in upper case.</param>
    /// <param name="setting">The setting.</param>
    public bool Read(string name, IConfigurationSection setting)
    {
        switch (name)
        {
            case "USERPOOLS": verification.UserPools = ReadPools(setting); break;
            case "ACCEPTEDCALLERS": verification.AcceptedCallers = _reader.ReadEnum(setting, verification.AcceptedCallers); break;
            case "ALLOFGROUPS": verification.AllOfGroups = _reader.ReadList(setting); break;
            case "ANYOFGROUPS": verification.AnyOfGroups = _reader.ReadList(setting); break;
            case "ALLOFSCOPES": verification.AllOfScopes = _reader.ReadList(setting); break;
            case "ANYOFSCOPES": verification.AnyOfScopes = _reader.ReadList(setting); break;
            case "PLAINHTTPHOSTS": verification.PlainHttpHosts = _reader.ReadList(setting); break;
            case "CLOCKTOLERANCE": verification.ClockTolerance = _reader.ReadTimeSpan(setting, verification.ClockTolerance); break;
            case "MAXTOKENLENGTH": verification.MaxTokenLength = _reader.ReadInteger(setting, verification.MaxTokenLength); break;
            case "VERIFIEDTOKENCACHESIZE": verification.VerifiedTokenCacheSize = _reader.ReadInteger(setting, verification.VerifiedTokenCacheSize); break;
            default: return ReadPoolSetting(name, setting, ownUserPool);
        }

        return true;
    }

    private bool ReadPoolSetting(string name, IConfigurationSection setting, TrustedUserPool pool)
    {
        switch (name)
        {
            case "USERPOOLID": pool.UserPoolId = _reader.ReadRequiredText(setting); break;
            case "CLIENTIDS": pool.ClientIds = _reader.ReadList(setting); break;
            case "ALLOWANYCLIENT": pool.AllowAnyClient = _reader.ReadBoolean(setting, pool.AllowAnyClient); break;
            case "ISSUER": pool.Issuer = _reader.ReadRequiredText(setting); break;
            case "JWKSURI": pool.JwksUri = _reader.ReadUri(setting); break;
            case "JWKS": pool.Jwks = _reader.ReadRequiredText(setting); break;
            default: return false;
        }

        return true;
    }

    private List<TrustedUserPool> ReadPools(IConfigurationSection setting)
    {
        List<TrustedUserPool> pools = [.. setting.GetChildren().Select(ReadPool)];
        if (pools.Count == 0)
            errors.Add($"'{setting.Path}' must be a list of user pools. Add an entry or remove the setting.");
        return pools;
    }

    private TrustedUserPool ReadPool(IConfigurationSection section)
    {
        var pool = new TrustedUserPool();
        _reader.ReadAll(section, "a user pool", (name, setting) => ReadPoolSetting(name, setting, pool));
        return pool;
    }
}
