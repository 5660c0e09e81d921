using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// Finds settings that contradict the kinds of tokens that a scheme accepts. A rule that only one kind can meet, or that only one kind is asked about, must not
/// be bypassed with a token of the other kind.
/// </summary>
internal static class AcceptedTokensCheck
{
    private const string Setting = nameof(CognitoM2MAuthenticationOptions.AcceptedTokens);

    public static IEnumerable<string> FindErrors(CognitoM2MAuthenticationOptions options)
    {
        if (!Enum.IsDefined(options.AcceptedTokens))
            yield return $"{Setting} must be Access, Id or AccessAndId.";
        if (options.IdTokenChecks is null || options.IdTokenChecks.Any(check => check is null))
            yield return "IdTokenChecks must not be null, and must not contain null.";
        else if (options.AcceptedTokens is AcceptedTokens.Access && options.IdTokenChecks.Count > 0)
            yield return $"IdTokenChecks has entries although {Setting} is Access, so they have no effect. Remove them, or set {Setting} to Id or AccessAndId.";

        if (options.AcceptedTokens is AcceptedTokens.Access)
            yield break;
        if (options.Origin is not null)
            yield return $"{Setting} is {options.AcceptedTokens}, but UseCognitoM2M accepts access tokens only. To accept ID tokens, use AddCognitoM2M.";
        if (options.Verification is { AllOfScopes.Count: > 0 } or { AnyOfScopes.Count: > 0 })
            yield return $"AllOfScopes or AnyOfScopes is set, and {Setting} is {options.AcceptedTokens}. ID tokens have no scopes. Require scopes on endpoints with RequireCognitoScope, or set {Setting} to Access.";
        if (options.Verification.AcceptedCallers is AcceptedCallers.Machines)
            yield return $"AcceptedCallers is Machines, and {Setting} is {options.AcceptedTokens}. ID tokens are tokens of users. Change one of the two settings.";
        if (options.Verification.Checks is { Count: > 0 } && (options.IdTokenChecks is null or { Count: 0 } || options.AcceptedTokens is AcceptedTokens.Id))
            yield return $"Verification.Checks see access tokens only, and {Setting} is {options.AcceptedTokens}. Add checks for ID tokens to IdTokenChecks{(options.AcceptedTokens is AcceptedTokens.Id ? " instead" : "")}.";
    }
}
