namespace CognitoM2M.Tokens;

/// <summary>Tasks that go on without anybody waiting for them.</summary>
internal static class ForgottenTask
{
    /// <summary>Keeps a failure of the task, which nobody is left to be told of, from being reported as unobserved.</summary>
    public static void Forget(this Task task)
    {
        _ = WatchAsync();

        async Task WatchAsync() => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
