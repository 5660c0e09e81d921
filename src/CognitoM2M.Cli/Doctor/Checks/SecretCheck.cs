using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The secret is one of the app client's.</summary>
internal sealed class SecretCheck() : ClientSettingCheck("secret", ClientSetting.Secret)
{
    // Cognito shows the first of two secrets at most, so a secret that differs from the one shown may be right. Only the token request decides.
    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection) => inspection.AppClient switch
    {
        { SecretCount: 0, ShownSecret: null } when subject is { SignsIn: true, HasSecret: true } => CheckResult.Failed(
            ExitCode.Credentials, "The app client has no secret, and the configuration has one.", "Remove ClientSecret, or use an app client with a secret."),
        { SecretCount: 0, ShownSecret: null } when !subject.SignsIn => CheckResult.Failed(
            ExitCode.Credentials, "The app client has no secret.", "Create an app client with a secret. A secret cannot be added to an app client that was created without one."),
        { SecretCount: > 0 } or { ShownSecret: not null } when !subject.HasSecret => CheckResult.Failed(
            ExitCode.Credentials, "The app client has a secret, and the configuration has none.", "Set ClientSecret or ClientSecretFile."),
        _ => null,
    };

    protected override CheckResult DescribeReading(InspectedAppClient client) => CheckResult.Unknown("Only a token request shows whether the secret is right.");

    protected override string DescribeSuccess(Subject subject) => subject.HasSecret ? "Cognito accepts the secret." : "The app client has no secret, and needs none.";
}
