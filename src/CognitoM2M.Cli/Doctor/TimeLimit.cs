namespace CognitoM2M.Cli.Doctor;

/// <summary>Ends an operation on the network that does not end by itself.</summary>
internal static class TimeLimit
{
    /// <summary>How long one operation may take: as long as the library waits for a token.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    /// <summary>The limit in words, for messages.</summary>
    public static string Text { get; } = $"{Default.TotalSeconds:0} s";

    /// <exception cref="TimeoutException">The limit passed.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Default, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await operation(either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer came within {Text}.", error);
        }
    }
}
