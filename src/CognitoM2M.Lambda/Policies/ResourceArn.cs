namespace CognitoM2M.Lambda.Policies;

/// <summary>ARNs in the policy of an authorizer.</summary>
internal static class ResourceArn
{
    // API Gateway's limit for the resource in the answer of an authorizer.
    private const int MaxLength = 512;

    /// <summary>Creates the ARN of a pattern in a stage.</summary>
    /// <exception cref="ApiGatewayAuthorizerException">The ARN is longer than API Gateway accepts.</exception>
    public static string Create(string stagePrefix, string glob) =>
        stagePrefix.Length + glob.Length <= MaxLength
            ? stagePrefix + glob
            : throw new ApiGatewayAuthorizerException($"A resource of the policy has {stagePrefix.Length + glob.Length} characters. API Gateway accepts at most {MaxLength}.");
}
