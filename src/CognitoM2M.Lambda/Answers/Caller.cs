namespace CognitoM2M.Lambda.Answers;

/// <summary>What the answer says about the caller.</summary>
/// <param name="PrincipalId">The app client, or a placeholder if the token is rejected.</param>
/// <param name="Context">Values for the integration: strings, booleans and numbers.</param>
/// <param name="UsageIdentifierKey">The API key of the usage plan; null for none.</param>
internal sealed record Caller(string PrincipalId, IReadOnlyList<KeyValuePair<string, object>> Context, string? UsageIdentifierKey)
{
    // API Gateway requires a principal in every policy.
    public static Caller Rejected { get; } = new("rejected", [], null);
}
