using CognitoM2M.Verification;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>What the schemes that accept Cognito's tokens say about the token of one request.</summary>
internal sealed class RequestVerdicts
{
    private static readonly object _key = new();
    private readonly List<(string Scheme, TokenRejection Rejection)> _rejections = [];
    private bool _isRefused;
    private bool _isWritten;

    private RequestVerdicts()
    {
    }

    /// <summary>How many schemes rejected the token.</summary>
    public int Rejections => _rejections.Count;

    /// <summary>Whether one of the schemes accepted the request.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Whether one of the schemes that rejected the request was asked for the answer.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether one of the schemes rejected the request.</summary>
    public bool IsRejected => _isRefused || _rejections.Count > 0;

    /// <summary>The rejection that tells most: of a scheme that trusts the issuer, rather than of one that does not know it. There must be one.</summary>
    public (string Scheme, TokenRejection Rejection) MostTelling => _rejections.MaxBy(one => Rank(one.Rejection));

    public static RequestVerdicts? Find(HttpContext context) => context.Items[_key] as RequestVerdicts;

    public static RequestVerdicts FindOrAdd(HttpContext context)
    {
        if (Find(context) is { } known)
            return known;

        var verdicts = new RequestVerdicts();
        context.Items[_key] = verdicts;
        return verdicts;
    }

    public void Accept() => IsAccepted = true;

    /// <summary>A scheme that rejected the request is asked for the answer.</summary>
    public void Answer() => IsAnswered = true;

    /// <summary>
    /// A scheme is asked to forbid the request, because the caller that another scheme accepted lacks something. A rejected token of a user pool that the scheme
    /// trusts might have had it. Any other token is the token of the other scheme. A token that one of these schemes accepted has a line of its own.
    /// </summary>
    public void Forbid(TokenRejection? rejection)
    {
        if (rejection is { Reason: TokenRejectionReason.KeysNotAvailable } || (rejection is { ClientId: not null } && !IsAccepted))
            Answer();
    }

    /// <summary>Whether no log line about the rejections was written yet. After this call, the line counts as written.</summary>
    public bool IsFirstLine() => !_isWritten && (_isWritten = true);

    /// <summary>The request was rejected for another reason than the verdict on its token.</summary>
    public void Refuse() => _isRefused = true;

    public void Reject(string scheme, TokenRejection rejection) => _rejections.Add((scheme, rejection));

    private static int Rank(TokenRejection rejection) =>
        rejection.ClientId is not null ? 2 : rejection.Reason != TokenRejectionReason.IssuerNotTrusted ? 1 : 0;
}
