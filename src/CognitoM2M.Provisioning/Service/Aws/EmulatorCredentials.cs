using Amazon.Runtime;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>Made-up credentials for an emulator, so that nobody needs AWS credentials to try a blueprint.</summary>
internal static class EmulatorCredentials
{
    private static readonly string[] _variables = ["AWS_PROFILE", "AWS_ACCESS_KEY_ID"];

    /// <summary>The made-up credentials; null on AWS, and if the user has named credentials.</summary>
    /// <param name="options">The settings of the user.</param>
    /// <param name="address">The address of the user pools API, from the options, the environment or the profile; null for the address in the region.</param>
    /// <param name="readVariable">Reads an environment variable; null if it is not set.</param>
    public static AWSCredentials? Find(CognitoProvisionerOptions options, string? address, Func<string, string?> readVariable)
    {
        var hasNamedCredentials = options.Profile is not null || _variables.Any(variable => !string.IsNullOrEmpty(readVariable(variable)));
        return hasNamedCredentials || (options.EmulatorAddress is null && !ServiceAddress.IsEmulator(address)) ? null : new BasicAWSCredentials("emulator", "emulator");
    }
}
