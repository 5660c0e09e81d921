using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.Emulator.WellKnown;

/// <summary>The path of a public document of a user pool: the key set or the discovery document.</summary>
internal sealed record WellKnownPath(string UserPoolId, EmulatorEndpoint Endpoint)
{
    public static bool TryParse(string path, [NotNullWhen(true)] out WellKnownPath? result)
    {
        result = path.Split('/') switch
        {
            ["", var id, ".well-known", "jwks.json"] => new WellKnownPath(id, EmulatorEndpoint.Jwks),
            ["", var id, ".well-known", "openid-configuration"] => new WellKnownPath(id, EmulatorEndpoint.Discovery),
            _ => null,
        };
        return result is not null;
    }
}
