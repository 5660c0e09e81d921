namespace CognitoM2M.Provisioning.Steps;

/// <summary>A user pool that exists.</summary>
/// <param name="Id">The id, such as <c>eu-west-1_AbCdEfGhI</c>.</param>
/// <param name="HasUpdatedIssuer">Whether the issuer of its tokens has the newer of Cognito's two forms.</param>
/// <param name="AccountId">The AWS account; null if Cognito did not name it.</param>
internal sealed record ProvisionedUserPool(string Id, bool HasUpdatedIssuer, string? AccountId);
