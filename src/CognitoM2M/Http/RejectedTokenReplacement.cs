using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>Finds the token with which a rejected request is sent again.</summary>
internal static class RejectedTokenReplacement
{
    /// <summary>Has the rejected token replaced. Null if there is no other token, or if the request is not sent again.</summary>
    /// <remarks>
    /// The replacement is waited for even if the request cannot be sent again. A caller that repeats the call itself, as gRPC does, then gets
    /// the new token.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The caller cancelled the call.</exception>
    public static async ValueTask<HeldToken?> FindAsync(
        AppClient client, HttpResponseMessage rejection, SentToken sent, HttpRequestMessage request, bool callerBlocks, CancellationToken cancellationToken)
    {
        try
        {
            var newer = await client.ReplaceAsync(
                sent.Token.Token, sent.Address.Host, TokenOverride.Find(request), callerBlocks, cancellationToken).ConfigureAwait(false);
            var isSentAgain = newer is not null
                && client.Current.Settings.ReplayAfterRejection
                && ReplayableContent.CanSendAgain(sent.Content)
                && await ReplayableContent.TryPrepareAsync(sent.Content, callerBlocks, cancellationToken).ConfigureAwait(false);
            return isSentAgain ? newer : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody gets the response.
            rejection.Dispose();
            throw;
        }
        catch (Exception)
        {
            // The provider was disposed, or the client was removed. The answer of the API says more to the caller.
            return null;
        }
    }
}
