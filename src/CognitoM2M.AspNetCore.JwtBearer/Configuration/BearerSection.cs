using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>
/// Sets the options of <c>UseCognitoM2M</c> from the configuration section of the scheme, which also has settings of JwtBearer. Runs before the delegate
/// of the user, so the delegate wins.
/// </summary>
internal sealed class BearerSection(IEnumerable<RegisteredScheme> schemes, IServiceProvider services) : IConfigureNamedOptions<CognitoM2MJwtBearerOptions>
{
    // Settings that JwtBearer reads from the section, and other settings of JwtBearer that an application may bind to the section.
    private static readonly HashSet<string> _settingsOfJwtBearer = new(
        [
            .. typeof(JwtBearerOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name),
            nameof(TokenValidationParameters.ValidIssuer), nameof(TokenValidationParameters.ValidIssuers),
            nameof(TokenValidationParameters.ValidAudience), nameof(TokenValidationParameters.ValidAudiences),
            "SigningKeys",
        ],
        StringComparer.OrdinalIgnoreCase);

    public void Configure(CognitoM2MJwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CognitoM2MJwtBearerOptions options)
    {
        var scheme = schemes.FirstOrDefault(registered => !registered.IsOwn && registered.Name == name);
        scheme?.ReadSection(services, "UseCognitoM2M", options.ConfigurationErrors, section => Read(section, options));
    }

    private static void Read(IConfigurationSection section, CognitoM2MJwtBearerOptions options)
    {
        var reader = new SectionReader(options.ConfigurationErrors);
        var verification = new VerificationSection(options.OwnUserPool, options.Verification, options.ConfigurationErrors);
        reader.ReadAll(
            section,
            "UseCognitoM2M or of AddJwtBearer",
            (name, setting) => verification.Read(name, setting) || ReadOwn(name, setting, options, reader) || _settingsOfJwtBearer.Contains(name));
    }

    private static bool ReadOwn(string name, IConfigurationSection setting, CognitoM2MJwtBearerOptions options, SectionReader reader)
    {
        switch (name)
        {
            case "LOADKEYSATSTART": options.LoadKeysAtStart = reader.ReadBoolean(setting, options.LoadKeysAtStart); break;
            case "VERIFYWITHJSONWEBTOKENHANDLER":
                options.VerifyWithJsonWebTokenHandler = reader.ReadBoolean(setting, options.VerifyWithJsonWebTokenHandler);
                break;
            case "ACCEPTEDTOKENS":
                options.ConfigurationErrors.Add($"'{setting.Path}' is not a setting of UseCognitoM2M, which accepts access tokens only. To accept ID tokens, use AddCognitoM2M.");
                break;
            default: return false;
        }

        return true;
    }
}
