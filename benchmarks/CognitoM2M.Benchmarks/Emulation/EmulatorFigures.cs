using System.Globalization;

namespace CognitoM2M.Benchmarks.Emulation;

/// <summary>How fast the emulator of a published tool is, beside moto if moto is there.</summary>
/// <param name="FirstToken">For each start, the time from the command to the first token. Sorted.</param>
/// <param name="TokensPerSecond">Access tokens of the token endpoint.</param>
/// <param name="SignInsPerSecond">Sign-ins of a user with a password. Each issues an access token and an ID token.</param>
/// <param name="SignInsPerSecondOfMoto">The same with moto; null if it was not measured. moto has no token endpoint.</param>
internal sealed record EmulatorFigures(
    IReadOnlyList<TimeSpan> FirstToken, double TokensPerSecond, double SignInsPerSecond, double? SignInsPerSecondOfMoto)
{
    public string FormatTable() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        | Figure | Emulator | moto |
        | --- | ---: | ---: |
        | from the command to the first token, median of {FirstToken.Count} starts | {FirstToken[FirstToken.Count / 2].TotalMilliseconds:F0} ms | |
        | the same, the longest of them | {FirstToken[^1].TotalMilliseconds:F0} ms | |
        | tokens per second of the token endpoint | {TokensPerSecond:N0} | none |
        | sign-ins with a password per second | {SignInsPerSecond:N0} | {SignInsPerSecondOfMoto:N0} |

        """);
}
