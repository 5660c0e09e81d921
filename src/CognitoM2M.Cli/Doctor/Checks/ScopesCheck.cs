using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The scopes exist, the app client may have them, and the token grants them.</summary>
internal sealed class ScopesCheck() : ClientSettingCheck("scopes", ClientSetting.Scopes)
{
    protected override string? FindReasonToSkip(Subject subject) => subject.SignsIn ? "Tokens of the route UserPassword have no scopes of resource servers." : null;

    protected override CheckResult? FindProblem(Subject subject, CognitoAccessToken token)
    {
        var missing = subject.Options.Scopes.Except(token.Scopes, StringComparer.Ordinal).ToList();
        return missing.Count > 0
            ? CheckResult.Failed(
                ExitCode.Refused,
                $"The token lacks {string.Join(", ", missing)}.",
                "Cognito leaves out a scope that its resource server no longer has, without an error. Add the scope to its resource server again, or take it out of the configuration.")
            : token.Scopes.Count == 0
                ? CheckResult.Failed(
                    ExitCode.Refused, "The token grants no scope.", "Allow the app client a scope of a resource server (AllowedOAuthScopes), and check whether a pre token generation trigger takes scopes away.")
                : null;
    }

    protected override CheckResult? FindProblem(Subject subject, SetupInspection inspection)
    {
        if (inspection is not { AppClient: { } client, UserPool: { } pool })
            return null;

        var wanted = subject.Options.Scopes.Count > 0 ? subject.Options.Scopes.AsReadOnly() : client.OAuthScopes;
        var unknown = wanted.Except(pool.Scopes, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return CheckResult.Failed(
                ExitCode.Refused,
                $"No resource server of the user pool has {string.Join(", ", unknown)}.",
                "Write each scope as resource-server/scope, with the identifier of the resource server, and create the scope if it is missing.");
        }

        var notAllowed = wanted.Except(client.OAuthScopes, StringComparer.Ordinal).ToList();
        return notAllowed.Count > 0
            ? CheckResult.Failed(
                ExitCode.Refused, $"The app client may not have {string.Join(", ", notAllowed)}.", "Add the scopes to AllowedOAuthScopes of the app client, or do not request them.")
            : wanted.Count == 0
                ? CheckResult.Failed(ExitCode.Refused, "The app client has no scope.", "Allow the app client at least one scope of a resource server (AllowedOAuthScopes).")
                : null;
    }

    protected override string DescribeSuccess(Subject subject) =>
        subject.Options.Scopes.Count > 0 ? $"The app client may have {string.Join(", ", subject.Options.Scopes)}." : "The app client has at least one scope.";
}
