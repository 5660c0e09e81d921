using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>Sends the tokens of the verdict table to an API.</summary>
internal static class HttpVerdicts
{
    /// <summary>A header that only tests use. An event handler of the API reads the token from it. Its value is base64, so any text can stand in it.</summary>
    public const string EncodedTokenHeader = "X-Encoded-Token";

    private const string ReasonHeader = "X-Reason";

    /// <summary>
    /// The cases whose token cannot be the token of a header Authorization: servers refuse line feeds and NUL in headers, white space around the
    /// value of a header does not belong to it (RFC 9110, section 5.5), and a header without a token is a request without a token.
    /// </summary>
    public static IReadOnlyList<string> WithoutHeader { get; } =
    [
        "form: empty", "form: a space at the start", "form: a space at the end", "form: a line feed at the end", "form: a line feed in the header",
        "form: a NUL at the end",
    ];

    /// <summary>Makes a verifier decide as a case needs.</summary>
    public static void Apply(VerdictCase verdict, CognitoAccessTokenVerifierOptions options)
    {
        var wanted = verdict.CreateOptions();
        options.UserPools = wanted.UserPools;
        options.AllOfScopes = wanted.AllOfScopes;
        options.AnyOfScopes = wanted.AnyOfScopes;
        options.AcceptedCallers = wanted.AcceptedCallers;
        options.AllOfGroups = wanted.AllOfGroups;
        options.AnyOfGroups = wanted.AnyOfGroups;
        options.ClockTolerance = wanted.ClockTolerance;
    }

    /// <summary>Sends the token, character by character as it is.</summary>
    /// <returns>The status code, and the reasons that event handlers were told.</returns>
    public static async Task<(int Status, string Reasons)> SendAsync(Api api, string token, bool inHeader)
    {
        var context = await api.Server.SendAsync(request =>
        {
            request.Request.Path = "/";
            if (inHeader)
                request.Request.Headers.Authorization = $"Bearer {token}";
            else
                request.Request.Headers[EncodedTokenHeader] = Convert.ToBase64String(Encoding.Unicode.GetBytes(token));
        });
        return (context.Response.StatusCode, context.Response.Headers[ReasonHeader].ToString());
    }

    /// <summary>An event handler of the API was told why the token was rejected.</summary>
    public static Task KeepReasonAsync(HttpContext context, TokenRejection? rejection)
    {
        context.Response.Headers.Append(ReasonHeader, $"{rejection?.Reason}");
        return Task.CompletedTask;
    }

    /// <summary>Sends the token of a case twice, and compares the answers with the table.</summary>
    public static async Task CheckAsync(Api api, VerdictCase verdict, bool inHeader)
    {
        var first = await SendAsync(api, verdict.Token, inHeader);
        var second = await SendAsync(api, verdict.Token, inHeader);

        Assert.Equal(verdict.IsValid, first.Status == 200);
        Assert.Equal(first, second);
        // An empty token is no token.
        Assert.Equal(verdict.Reason is { } reason and not TokenRejectionReason.Missing ? $"{reason}" : "", first.Reasons);
    }

    /// <summary>The token in the header that only tests use; null if the request has none.</summary>
    public static string? ReadEncoded(HttpRequest request) =>
        request.Headers[EncodedTokenHeader] is [{ } encoded] ? Encoding.Unicode.GetString(Convert.FromBase64String(encoded)) : null;
}
