using CognitoM2M.Cli;
using CognitoM2M.Cli.Help;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Every exit code of the tool, with the errors of provisioning that lead to it.</summary>
internal static class ExitCodesPage
{
    public static string Write() => new ReferencePage(
            "Exit codes",
            "This page lists every exit code of `cognito-m2m`. Scripts may depend on the numbers: a code never changes its meaning.\n\n"
                + "With `--json`, the tool also writes the name of the error, which is often more exact. Errors of provisioning: [Error codes](errors.md#cognitoprovisioningexception).")
        .Table(["Code", "Name", "Meaning", "Errors of provisioning"], Enum.GetValues<ExitCode>().Select(code => new[]
        {
            $"{(int)code}",
            $"`{code}`",
            ExitCodeTable.Describe(code).Replace('\'', '`'),
            string.Join(", ", Enum.GetValues<ProvisioningError>().Where(error => ErrorsPage.FindExitCode(error) == code).Select(error => $"`{error}`")),
        }))
        .ToString();
}
