using System.Net;
using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>A token on a message while the message is sent, and what the message was like before the handlers behind the token handler got it.</summary>
internal readonly struct SentToken
{
    private readonly HttpMethod _method;
    private readonly int _headers;

    /// <param name="token">The token.</param>
    /// <param name="message">The message. The token is its last header.</param>
    public SentToken(HeldToken token, HttpRequestMessage message)
    {
        (Token, Address) = (token, message.RequestUri!);
        (Content, _method, _headers) = (message.Content, message.Method, message.Headers.NonValidated.Count);
    }

    public HeldToken Token { get; }

    /// <summary>The address of the message when it got the token.</summary>
    public Uri Address { get; }

    /// <summary>The body of the message when it got the token.</summary>
    public HttpContent? Content { get; }

    public static SentToken PutOn(HttpRequestMessage message, HeldToken token)
    {
        AuthorizationHeader.Set(message, token.HeaderValue);
        return new SentToken(token, message);
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

    /// <summary>
    /// Makes a message without its token what it was, before it is sent once more. The handlers behind the token handler then run again: what
    /// they add to headers would be there twice, and what they make of a body would be made of the result.
    /// </summary>
    public void UndoChanges(HttpRequestMessage message)
    {
        (message.Method, message.Content) = (_method, Content);
        // Headers keep their order, and the token was the last header before the handlers ran. So headers that handlers added stand at the end.
        foreach (var (added, _) in message.Headers.NonValidated.Skip(_headers - 1).ToList())
            message.Headers.Remove(added);
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
