namespace CognitoM2M.Tests.Support;

/// <summary>
/// Tests that listen to every meter of the process, and tests that count bytes while nobody does: never at the same time.
/// </summary>
internal static class EveryMeter
{
    public const string Name = "every meter";
}
