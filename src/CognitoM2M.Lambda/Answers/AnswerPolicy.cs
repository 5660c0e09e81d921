namespace CognitoM2M.Lambda.Answers;

/// <summary>A policy of IAM.</summary>
/// <param name="Allowed">The ARNs that are allowed; empty to deny everything.</param>
/// <param name="Denied">The ARNs that are denied.</param>
/// <param name="EndsAt">When the allowance ends; null for never.</param>
internal sealed record AnswerPolicy(IReadOnlyList<string> Allowed, IReadOnlyList<string> Denied, DateTimeOffset? EndsAt = null);
