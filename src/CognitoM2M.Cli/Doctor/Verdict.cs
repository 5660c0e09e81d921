namespace CognitoM2M.Cli.Doctor;

/// <summary>How one check ended.</summary>
internal enum Verdict
{
    /// <summary>The check found no fault.</summary>
    Passed,

    /// <summary>The check found a fault.</summary>
    Failed,

    /// <summary>The check does not apply here, or something before it failed.</summary>
    Skipped,

    /// <summary>The check applies, but there is not enough to decide.</summary>
    Unknown,
}
