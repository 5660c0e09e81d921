namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The clock of this machine agrees with the clock of the server.</summary>
internal sealed class ClockCheck() : Check("clock")
{
    // A machine that synchronizes its clock is within a second. AWS refuses signed requests from 5 minutes on.
    private static readonly TimeSpan _tolerance = TimeSpan.FromMinutes(1);

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (!examination.IsProbed)
            return CheckResult.Skipped("No server was asked for the time.");
        if ((await examination.ProbeAsync(cancellationToken).ConfigureAwait(false)).ClockLead is not { } lead)
            return CheckResult.Unknown("The server did not say what time it is.");

        var difference = $"{Math.Round(lead.Duration().TotalSeconds):0} s";
        return lead.Duration() <= _tolerance
            ? CheckResult.Passed($"The clock of this machine is right to within {difference}.")
            : CheckResult.Failed(
                ExitCode.Failed,
                $"The clock of this machine is {difference} {(lead > TimeSpan.Zero ? "ahead of" : "behind")} the server's.",
                "Set the clock, and have it synchronized (NTP). With a wrong clock, an API rejects valid tokens or accepts expired tokens. AWS refuses signed requests if the clock is wrong by 5 minutes or more.");
    }
}
