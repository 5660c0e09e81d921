using CognitoM2M.AspNetCore;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Testing.Settings;

/// <summary>Makes an authentication scheme trust the user pool of a fixture and no other one.</summary>
internal sealed class TrustInFixture(CognitoFixture cognito) : IPostConfigureOptions<CognitoM2MAuthenticationOptions>
{
    public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options)
    {
        options.UserPoolId = cognito.UserPool.Id;
        options.Issuer = cognito.UserPool.Issuer;
        options.JwksUri = cognito.UserPool.JwksUri;
        options.Jwks = null;
        // The app clients of the other user pools, too, call with tokens of the fixture.
        if (!options.AllowAnyClient)
            options.ClientIds = [.. options.ClientIds, .. options.UserPools.SelectMany(pool => pool.ClientIds), cognito.AppClient.ClientId];
        options.UserPools = [];
    }
}
