namespace CognitoM2M.Shared;

/// <summary>Runs code that calls listeners of metrics and activities. A listener of the user may throw, and no answer may be lost because of it.</summary>
internal static class Quietly
{
    public static void Run(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // There is no other place to report this failure.
        }
    }

    /// <summary>Returns what the code returns; null if it throws.</summary>
    public static T? Get<T>(Func<T?> create)
        where T : class
    {
        T? created = null;
        Run(() => created = create());
        return created;
    }
}
