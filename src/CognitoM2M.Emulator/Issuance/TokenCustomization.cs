using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Issuance;

/// <summary>
/// Changes the claims of an access token that is about to be signed: first by the app client's own claims, then by the handler of the user
/// pool, as Cognito's pre token generation trigger does.
/// </summary>
internal static class TokenCustomization
{
    /// <summary>Applies the changes to the claims.</summary>
    /// <param name="issuance">The token request.</param>
    /// <param name="claims">The claims of the token without <c>scope</c>.</param>
    /// <exception cref="RefusedException">The handler failed or broke a rule.</exception>
    public static void Apply(EmulatedTokenIssuance issuance, JsonObject claims)
    {
        RequireTriggerReplaced(issuance);
        foreach (var (name, value) in issuance.AppClient.AccessTokenClaims)
            claims[name] = value;

        var changes = issuance.AccessToken;
        if (issuance.AppClient.UserPool.OnTokenIssuing is { } handler)
        {
            Run(handler, issuance);
            Check(changes, issuance.AppClient.ClientId);
            foreach (var (name, value) in changes.ClaimsToAddOrOverride)
                claims[name] = value.DeepClone();
            foreach (var name in changes.ClaimsToSuppress)
                claims.Remove(name);
        }

        var scopes = issuance.Scopes.Union(changes.ScopesToAdd, StringComparer.Ordinal).Except(changes.ScopesToSuppress, StringComparer.Ordinal);
        if (string.Join(' ', scopes) is { Length: > 0 } scope)
            claims["scope"] = scope;
    }

    // A token without the claims of the function would look right and be wrong.
    private static void RequireTriggerReplaced(EmulatedTokenIssuance issuance)
    {
        var pool = issuance.AppClient.UserPool;
        if (pool.OnTokenIssuing is null
            && issuance.AppClient.Settings.AccessTokenClaims is null
            && pool.Settings.FindTokenTrigger(issuance.IsForUser) is { } function)
        {
            throw RefusedException.TriggerFailed(
                $"PreTokenGeneration names the function {function}, and the emulator calls no functions. Set the claims of the app client, or OnTokenIssuing of the user pool.");
        }
    }

    private static void Run(Action<EmulatedTokenIssuance> handler, EmulatedTokenIssuance issuance)
    {
        try
        {
            handler(issuance);
        }
        catch (Exception e)
        {
            throw RefusedException.TriggerFailed($"PreTokenGeneration failed with error {e.Message}.");
        }
    }

    private static void Check(EmulatedTokenChanges changes, string clientId)
    {
        if (changes.ClaimsToAddOrOverride.Count + changes.ClaimsToSuppress.Count + changes.ScopesToAdd.Count + changes.ScopesToSuppress.Count
            > ClaimRules.MaxChanges)
            throw RefusedException.TriggerFailed($"PreTokenGeneration changed more than {ClaimRules.MaxChanges} claims and scopes.");

        try
        {
            foreach (var (name, value) in changes.ClaimsToAddOrOverride)
                ChangeableClaims.Check(name, value, clientId);
            foreach (var name in changes.ClaimsToSuppress)
                ChangeableClaims.Check(name);
        }
        catch (RefusedException e)
        {
            throw RefusedException.TriggerFailed($"PreTokenGeneration failed: {e.Message}");
        }

        if (changes.ScopesToAdd.Any(scope => TextShape.Scope.FindViolations(scope).Any()))
            throw RefusedException.TriggerFailed("PreTokenGeneration failed: a scope to add is empty or has a character that no scope has.");
    }
}
