using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The app client may use the flow of its route.</summary>
internal sealed class FlowsCheck() : ClientSettingCheck("flows", ClientSetting.Flows)
{
    private const string ClientCredentials = "client_credentials";
    private const string ClientToken = "ALLOW_CLIENT_TOKEN_AUTH";
    private const string UserPassword = "ALLOW_USER_PASSWORD_AUTH";

    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection) => inspection.AppClient switch
    {
        { } client when subject.UsesTokenEndpoint && !client.OAuthFlows.Contains(ClientCredentials, StringComparer.Ordinal) => CheckResult.Failed(
            ExitCode.Refused,
            $"AllowedOAuthFlows is [{string.Join(", ", client.OAuthFlows)}], without {ClientCredentials}.",
            $"Set AllowedOAuthFlows to {ClientCredentials} alone: it cannot be combined with code or implicit. 'cognito-m2m apply' does so."),
        { ExplicitAuthFlows: { } flows } when subject.SignsIn => flows.Contains(UserPassword, StringComparer.Ordinal) ? null : CheckResult.Failed(
            ExitCode.Refused,
            $"ExplicitAuthFlows is [{string.Join(", ", flows)}], without {UserPassword}.",
            $"Add {UserPassword} and ALLOW_REFRESH_TOKEN_AUTH, and send every other setting of the app client with them, or Cognito resets them. 'cognito-m2m apply' does so with the route UserPassword."),
        { ExplicitAuthFlows: { } flows } when !subject.UsesTokenEndpoint && flows is not [ClientToken] => CheckResult.Failed(
            ExitCode.Refused,
            $"ExplicitAuthFlows is [{string.Join(", ", flows)}], and GetClientToken needs {ClientToken} alone.",
            $"Set ExplicitAuthFlows to {ClientToken} alone. 'cognito-m2m apply' does so with the route GetClientToken."),
        _ => null,
    };

    protected override string DescribeSuccess(Subject subject) => $"The app client may use {(subject.UsesTokenEndpoint ? ClientCredentials : subject.SignsIn ? UserPassword : ClientToken)}.";
}
