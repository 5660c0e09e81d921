namespace CognitoM2M.Tests.Support;

/// <summary>
/// The collection of tests that listen to all meters of the process, and of tests that count allocated bytes while no listener exists. Tests
/// of one collection do not run at the same time.
/// </summary>
internal static class ProcessWideMeasurements
{
    public const string Name = "process-wide measurements";
}
