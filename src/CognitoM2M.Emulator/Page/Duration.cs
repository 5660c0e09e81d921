using System.Globalization;

namespace CognitoM2M.Emulator.Page;

/// <summary>Lengths of time in words.</summary>
internal static class Duration
{
    public static string Describe(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Write(time.TotalSeconds, "second"),
        { TotalHours: < 2 } => Write(time.TotalMinutes, "minute"),
        { TotalDays: < 2 } => Write(time.TotalHours, "hour"),
        _ => Write(time.TotalDays, "day"),
    };

    private static string Write(double number, string unit)
    {
        var rounded = Math.Floor(number * 10) / 10;
        return string.Create(CultureInfo.InvariantCulture, $"{(rounded < 10 ? rounded : Math.Floor(rounded))} {unit}{(rounded == 1 ? "" : "s")}");
    }
}
