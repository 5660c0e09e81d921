using CognitoM2M;

namespace ConsoleConsumer;

/// <summary>Waits after an outage until there is a new token.</summary>
internal static class Recovery
{
    /// <summary>Makes no API call meanwhile: the sample's token of seconds expires during the back-off. A token of an hour would not.</summary>
    /// <param name="provider">Gives the tokens of "orders".</param>
    /// <param name="oldLifetime">How long the old token is valid at most.</param>
    public static async Task WaitAsync(ICognitoTokenProvider provider, TimeSpan oldLifetime)
    {
        var lastsUntil = TimeProvider.System.GetUtcNow() + oldLifetime;
        while (true)
        {
            try
            {
                if ((await provider.GetTokenAsync("orders")).ExpiresAt > lastsUntil)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
            catch (CognitoTokenException failure) when (failure.IsTransient)
            {
                // Without a pause, a later call may ask at once.
                await Task.Delay(failure.RetryAfter ?? TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
