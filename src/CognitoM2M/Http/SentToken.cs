using System.Net;
using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>A token on a message while the message is sent.</summary>
/// <param name="Token">The token.</param>
/// <param name="Address">The address of the message when it got the token.</param>
internal readonly record struct SentToken(HeldToken Token, Uri Address)
{
    public static SentToken PutOn(HttpRequestMessage message, HeldToken token)
    {
        AuthorizationHeader.Set(message, token.HeaderValue);
        return new SentToken(token, message.RequestUri!);
    }

    /// <summary>
    /// Whether the response rejects this token. A message without the token says nothing about it: HttpClient removes the header when it
    /// follows a redirect, and a handler behind this one may have set a header of its own. A changed address alone does not count as a
    /// redirect, because such a handler may have changed it.
    /// </summary>
    public bool IsRejectedBy(HttpResponseMessage response, HttpRequestMessage message) =>
        (response.StatusCode == HttpStatusCode.Unauthorized || GrpcAnswer.IsUnauthenticated(response, message))
        && message.Headers.NonValidated.TryGetValues(AuthorizationHeader.Name, out var sent)
        && sent.ToString() == Token.HeaderValue;

    /// <summary>
    /// Removes the token from the message when the answer is there, so that nobody prints the token with the message. Restores the original
    /// address, so that a retry handler sends the message to this address again.
    /// </summary>
    public void TakeOff(HttpRequestMessage message)
    {
        if (ReferenceEquals(message.RequestUri, Address))
            AuthorizationHeader.Remove(message);
        else
            UndoAddress(message);
    }

    private void UndoAddress(HttpRequestMessage message)
    {
        if (AuthorizationHeader.IsMissing(message))
        {
            // HttpClient has followed a redirect. Callers find the final address in the message of the response, so it stays for now.
            TokenOverride.RememberAddress(message, Address);
            return;
        }

        // A handler behind this one has rewritten the address. It does so again if the message is sent again.
        message.RequestUri = Address;
        AuthorizationHeader.Remove(message);
    }
}
