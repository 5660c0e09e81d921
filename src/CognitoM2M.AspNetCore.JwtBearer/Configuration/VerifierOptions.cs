using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>
/// Makes the options of <c>UseCognitoM2M</c> known as the options of a scheme of <c>CognitoM2M.AspNetCore</c>, which creates the verifier, validates its
/// settings, loads its keys and checks their health.
/// </summary>
internal sealed class VerifierOptions(
    IEnumerable<BridgedScheme> schemes, IOptionsFactory<CognitoM2MJwtBearerOptions> settings, IOptionsMonitor<JwtBearerOptions> bearers)
    : IConfigureNamedOptions<CognitoM2MAuthenticationOptions>
{
    public void Configure(CognitoM2MAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CognitoM2MAuthenticationOptions options)
    {
        if (name is null || schemes.All(scheme => scheme.Name != name))
            return;

        // Created each time, so that a changed configuration is read.
        var given = settings.Create(name);
        options.Origin = given;
        options.OwnUserPool = given.OwnUserPool;
        options.Verification = given.Verification;
        options.LoadKeysAtStart = given.LoadKeysAtStart;
        options.CreateKeySetHttpClient = given.CreateKeySetHttpClient;
        options.ConfigurationErrors.AddRange(given.ConfigurationErrors);
        options.TimeProvider = bearers.Get(name).TimeProvider;
        // JwtBearer writes the challenges, so the realm is not used. The default, the name of the scheme, may have characters that a realm must not have.
        options.Realm = "";
    }
}
