using Amazon.Runtime;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>Made-up credentials for an emulator, so that nobody needs AWS credentials to try a blueprint.</summary>
internal static class EmulatorCredentials
{
    /// <summary>The made-up credentials; null on AWS, and if the user has chosen credentials.</summary>
    public static AWSCredentials? Find(CognitoProvisionerOptions options)
    {
        if (options.EmulatorAddress is null || options.Profile is not null || IsSet("AWS_PROFILE") || IsSet("AWS_ACCESS_KEY_ID"))
            return null;

        return new BasicAWSCredentials("emulator", "emulator");
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
