using CognitoM2M.Verification;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>What the schemes of <c>AddCognitoM2M</c> say about the token of one request.</summary>
internal sealed class RequestVerdicts
{
    private static readonly object _key = new();
    private readonly List<(string Scheme, TokenRejection Rejection)> _rejections = [];
    private bool _isAccepted;
    private bool _isRefused;

    private RequestVerdicts()
    {
    }

    /// <summary>How many schemes rejected the token.</summary>
    public int Rejections => _rejections.Count;

    /// <summary>Whether no scheme accepted the request, and the log says why.</summary>
    public bool IsRejected => !_isAccepted && (_isRefused || _rejections.Count > 0);

    /// <summary>The rejection that tells most: of a scheme that trusts the issuer, rather than of one that does not know it. Null if a scheme accepted the token.</summary>
    public (string Scheme, TokenRejection Rejection)? MostTelling => _isAccepted || _rejections.Count == 0 ? null : _rejections.MaxBy(one => Rank(one.Rejection));

    public static RequestVerdicts? Find(HttpContext context) => context.Items[_key] as RequestVerdicts;

    public static RequestVerdicts FindOrAdd(HttpContext context)
    {
        if (Find(context) is { } known)
            return known;

        var verdicts = new RequestVerdicts();
        context.Items[_key] = verdicts;
        return verdicts;
    }

    public void Accept() => _isAccepted = true;

    /// <summary>The request was rejected for another reason than the verdict on its token.</summary>
    public void Refuse() => _isRefused = true;

    public void Reject(string scheme, TokenRejection rejection) => _rejections.Add((scheme, rejection));

    private static int Rank(TokenRejection rejection) =>
        rejection.ClientId is not null ? 2 : rejection.Reason != TokenRejectionReason.IssuerNotTrusted ? 1 : 0;
}
