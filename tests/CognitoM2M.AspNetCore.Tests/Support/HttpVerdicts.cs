using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>Sends the tokens of the verdict table to an API.</summary>
internal static class HttpVerdicts
{
    /// <summary>A header that only tests use. An event handler of the API reads the token from it. Its value is base64, so any text can stand in it.</summary>
    public const string EncodedTokenHeader = "X-Encoded-Token";

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
    /// <returns>The status code.</returns>
    public static async Task<int> SendAsync(Api api, string token, bool inHeader)
    {
        var context = await api.Server.SendAsync(request =>
        {
            request.Request.Path = "/";
            if (inHeader)
                request.Request.Headers.Authorization = $"Bearer {token}";
            else
                request.Request.Headers[EncodedTokenHeader] = Convert.ToBase64String(Encoding.Unicode.GetBytes(token));
        });
        return context.Response.StatusCode;
    }

    /// <summary>The token in the header that only tests use; null if the request has none.</summary>
    public static string? ReadEncoded(Microsoft.AspNetCore.Http.HttpRequest request) =>
        request.Headers[EncodedTokenHeader] is [{ } encoded] ? Encoding.Unicode.GetString(Convert.FromBase64String(encoded)) : null;
}
