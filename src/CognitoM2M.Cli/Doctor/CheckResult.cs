namespace CognitoM2M.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Verdict">How the check ended.</param>
/// <param name="Finding">What was found, as a sentence without a secret and without a token.</param>
/// <param name="Remedy">What to do, in sentences; null if there is nothing to do.</param>
/// <param name="Code">The exit code of the command if this is the first failed check.</param>
internal sealed record CheckResult(Verdict Verdict, string Finding, string? Remedy, ExitCode Code)
{
    public static CheckResult Passed(string finding) => new(Verdict.Passed, finding, Remedy: null, ExitCode.Success);

    public static CheckResult Failed(ExitCode code, string finding, string remedy) => new(Verdict.Failed, finding, remedy, code);

    public static CheckResult Skipped(string reason) => new(Verdict.Skipped, reason, Remedy: null, ExitCode.Success);

    /// <param name="finding">Why nothing is known.</param>
    /// <param name="remedy">What would make it known; null if nothing would.</param>
    public static CheckResult Unknown(string finding, string? remedy = null) => new(Verdict.Unknown, finding, remedy, ExitCode.Success);
}
