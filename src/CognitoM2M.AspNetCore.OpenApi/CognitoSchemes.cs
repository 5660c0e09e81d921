using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Tells which schemes that accept Cognito's tokens authenticate the callers of a policy, and which scopes these schemes require.</summary>
/// <param name="schemes">All schemes of the application; null if it has none.</param>
/// <param name="options">The options of the schemes; null if the application has none.</param>
internal sealed class CognitoSchemes(IAuthenticationSchemeProvider? schemes, IOptionsMonitor<CognitoM2MAuthenticationOptions>? options)
{
    /// <summary>Finds the names of the schemes; empty if the policy does not accept Cognito's tokens.</summary>
    public async Task<IReadOnlyList<string>> FindNamesAsync(AuthorizationPolicy policy)
    {
        if (schemes is null)
            return [];
        // A policy without schemes uses the default scheme.
        if (policy.AuthenticationSchemes.Count == 0)
            return await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } byDefault ? [.. await FindNamesAsync(byDefault).ConfigureAwait(false)] : [];

        List<string> names = [];
        foreach (var name in policy.AuthenticationSchemes)
        {
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is { } scheme)
                names.AddRange(await FindNamesAsync(scheme).ConfigureAwait(false));
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Finds the scopes that a scheme requires of every token.</summary>
    public IEnumerable<CognitoScopeRequirement> FindScopes(string scheme)
    {
        if (FindOptions(scheme)?.Verification is not { } verification)
            yield break;
        if (verification.AllOfScopes is { Count: > 0 } all)
            yield return CognitoScopeRequirement.AllOf([.. all]);
        if (verification.AnyOfScopes is { Count: > 0 } any)
            yield return CognitoScopeRequirement.AnyOf([.. any]);
    }

    // A document can also be written when the application is built. Then its settings may be missing.
    private CognitoM2MAuthenticationOptions? FindOptions(string scheme)
    {
        try
        {
            return options?.Get(scheme);
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    private async Task<IEnumerable<string>> FindNamesAsync(AuthenticationScheme scheme)
    {
        if (IsOwn(scheme))
            return [scheme.Name];
        // A policy scheme forwards each request to a scheme that only the request decides.
        return scheme.HandlerType == typeof(PolicySchemeHandler) ? (await schemes!.GetAllSchemesAsync().ConfigureAwait(false)).Where(IsOwn).Select(own => own.Name) : [];
    }

    private static bool IsOwn(AuthenticationScheme scheme) => scheme.HandlerType.IsAssignableTo(typeof(ICognitoM2MAuthenticationHandler));
}
