namespace CognitoM2M.Time;

/// <summary>
/// What both clocks say at one moment. The monotonic clock may stand still while time passes: in a suspended computer, and in a virtual machine
/// that continues from a snapshot. The wall clock may be set. So the end of a token counts as passed if either clock says so.
/// </summary>
/// <param name="Elapsed">The monotonic clock.</param>
/// <param name="WallClockLead">How far the wall clock is ahead of the monotonic clock. It changes only if a clock is set or stands still.</param>
internal readonly record struct ClockReading(TimeSpan Elapsed, TimeSpan WallClockLead)
{
    /// <summary>The monotonic clock, or a later time if the wall clock has moved further than the monotonic clock since an earlier reading.</summary>
    /// <param name="earlierLead">The lead of the wall clock at the earlier reading.</param>
    public TimeSpan GetTimeSince(TimeSpan earlierLead) => WallClockLead > earlierLead ? Elapsed + (WallClockLead - earlierLead) : Elapsed;
}
