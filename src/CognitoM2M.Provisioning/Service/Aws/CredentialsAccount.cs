using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>
/// Finds the AWS account of credentials, as far as the credentials say it: those of a role and of SSO do, and others if AWS_ACCOUNT_ID or
/// aws_account_id in the profile is set. No request is sent to ask for the account.
/// </summary>
internal static class CredentialsAccount
{
    /// <param name="credentials">The credentials; null for those of the AWS chain.</param>
    /// <param name="config">Names the profile of the AWS chain.</param>
    /// <returns>The 12 digits; null if the credentials do not say them.</returns>
    public static async Task<string?> FindAsync(AWSCredentials? credentials, IClientConfig config)
    {
        try
        {
            credentials ??= await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config).ConfigureAwait(false);
            return await FindAsync(credentials).ConfigureAwait(false);
        }
        catch (AmazonClientException)
        {
            // The requests of the plan report missing credentials with the reason.
            return null;
        }
    }

    /// <inheritdoc cref="FindAsync(AWSCredentials?, IClientConfig)"/>
    public static async Task<string?> FindAsync(AWSCredentials credentials) =>
        (await credentials.GetCredentialsAsync().ConfigureAwait(false)).AccountId is { Length: > 0 } account ? account : null;
}
