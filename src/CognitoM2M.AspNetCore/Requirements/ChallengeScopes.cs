using CognitoM2M.Verification;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>The scopes that an answer names. A caller requests a token with exactly these scopes, so none may be left out.</summary>
internal static class ChallengeScopes
{
    /// <summary>Finds the scopes that the scheme requires of every token, and those that the endpoint requires.</summary>
    public static IReadOnlyList<string> Find(HttpContext context, CognitoAccessTokenVerifierOptions scheme) =>
        [.. scheme.AllOfScopes.Concat(scheme.AnyOfScopes).Concat(RequirementRecord.Find(context)?.Scopes ?? []).Distinct(StringComparer.Ordinal)];
}
