using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The user exists, may sign in, and has this password. Cognito wants nothing else, such as a second factor.</summary>
internal sealed class UserCheck() : ClientSettingCheck("user", ClientSetting.User)
{
    protected override string? FindReasonToSkip(Subject subject) => subject.SignsIn ? null : $"The route {subject.Options.Route} signs no user in.";

    // The account shows nothing about a password.
    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection) => null;

    protected override CheckResult DescribeReading(InspectedAppClient client) => CheckResult.Unknown("Only a sign-in shows whether user name and password are right.");

    protected override string DescribeSuccess(Subject subject) => $"The user '{subject.Options.Username}' can sign in.";
}
