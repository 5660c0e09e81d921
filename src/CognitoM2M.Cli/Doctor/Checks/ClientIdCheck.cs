using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The user pool has an app client with this id.</summary>
internal sealed class ClientIdCheck() : ClientSettingCheck("client-id", ClientSetting.ClientId)
{
    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection) => inspection switch
    {
        { UserPool: null, Domain: null } when subject.UserPoolId is null => null,
        { UserPool: null } => CheckResult.Failed(
            ExitCode.NotFound, $"There is no user pool {subject.UserPoolId ?? inspection.Domain?.UserPoolId} in this account and region.", "Check the id, the account and the region."),
        { AppClient: null } => CheckResult.Failed(
            ExitCode.NotFound,
            $"User pool {inspection.UserPool.Id} has no app client '{subject.Options.ClientId}'.",
            "Use the id of an app client of this user pool: 'cognito-m2m outputs' lists them. An app client that was deleted and made again has a new id and a new secret."),
        _ => null,
    };

    protected override string DescribeSuccess(Subject subject) => "Cognito knows the app client.";
}
