using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The token endpoint serves the app client at all.</summary>
internal sealed class OAuthFlagCheck() : ClientSettingCheck("oauth-flag", ClientSetting.OAuthFlag)
{
    protected override string? FindReasonToSkip(Subject subject) => subject.UsesTokenEndpoint ? null : $"The route {subject.Options.Route} does not use the flag.";

    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection) =>
        inspection.AppClient is { IsOAuthEnabled: false }
            ? CheckResult.Failed(
                ExitCode.Refused,
                "The app client is not enabled for OAuth: AllowedOAuthFlowsUserPoolClient is false.",
                "Set it to true, and send every other setting of the app client with it, or Cognito resets them. 'cognito-m2m apply' does so.")
            : null;

    protected override string DescribeSuccess(Subject subject) => "The app client is enabled for OAuth.";
}
