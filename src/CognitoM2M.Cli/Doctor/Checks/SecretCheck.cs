using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The secret is one of the app client's.</summary>
internal sealed class SecretCheck() : ClientSettingCheck("secret", ClientSetting.Secret)
{
    // Cognito shows the first of two secrets at most, so a secret that differs from the one shown may be right. Only the token request decides.
    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection) =>
        inspection.AppClient is { SecretCount: 0, ShownSecret: null }
            ? CheckResult.Failed(ExitCode.Credentials, "The app client has no secret.", "Create an app client with a secret. A secret cannot be added to an app client that was created without one.")
            : null;

    protected override CheckResult DescribeReading(InspectedAppClient client) => CheckResult.Unknown("Only a token request shows whether the secret is right.");

    protected override string DescribeSuccess(Subject subject) => "Cognito accepts the secret.";
}
