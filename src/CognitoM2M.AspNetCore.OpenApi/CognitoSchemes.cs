using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Tells which policies authenticate their callers with a scheme that accepts Cognito's tokens.</summary>
/// <param name="schemes">All schemes of the application; null if it has none.</param>
internal sealed class CognitoSchemes(IAuthenticationSchemeProvider? schemes)
{
    public async Task<bool> AuthenticateAsync(AuthorizationPolicy policy)
    {
        if (schemes is null)
            return false;
        // A policy without schemes uses the default scheme.
        if (policy.AuthenticationSchemes.Count == 0)
            return await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } byDefault && await IsCognitoAsync(byDefault).ConfigureAwait(false);

        foreach (var name in policy.AuthenticationSchemes)
        {
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is { } scheme && await IsCognitoAsync(scheme).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private async Task<bool> IsCognitoAsync(AuthenticationScheme scheme)
    {
        if (IsOwn(scheme))
            return true;
        // A policy scheme forwards each request to a scheme that only the request decides.
        return scheme.HandlerType == typeof(PolicySchemeHandler) && (await schemes!.GetAllSchemesAsync().ConfigureAwait(false)).Any(IsOwn);
    }

    private static bool IsOwn(AuthenticationScheme scheme) => scheme.HandlerType.IsAssignableTo(typeof(ICognitoM2MAuthenticationHandler));
}
