using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CognitoM2M.AspNetCore.Problems;

/// <summary>What the body of an error answer says (RFC 9457). It is kept with the request until somebody writes the body.</summary>
/// <param name="StatusCode">The status that the scheme set. If the response has another status later, the problem no longer counts.</param>
/// <param name="Error">The error code of the challenge (RFC 6750, section 3.1); null without one.</param>
/// <param name="Description">The description of the error; null if callers get none.</param>
/// <param name="Scopes">The scopes that the request needs.</param>
internal sealed record ResponseProblem(int StatusCode, string? Error, string? Description, IReadOnlyCollection<string> Scopes)
{
    private static readonly object _key = new();
    private static readonly object _handled = new();

    /// <summary>The problem of the response; null if the scheme gave none, or if the application handles the response.</summary>
    public static ResponseProblem? Find(HttpContext context) =>
        context.Items.TryGetValue(_key, out var found) && found is ResponseProblem problem && problem.StatusCode == context.Response.StatusCode ? problem : null;

    /// <summary>
    /// Sets the problem of the response. If several schemes give the same status, the first of them that names an error decides: the others know nothing
    /// of the token.
    /// </summary>
    public void Set(HttpContext context)
    {
        if (!context.Items.TryGetValue(_key, out var former) || (former is ResponseProblem problem && IsBetterThan(problem)))
            context.Items[_key] = this;
    }

    /// <summary>The application handles the response itself, so no body is written.</summary>
    public static void Suppress(HttpContext context) => context.Items[_key] = _handled;

    /// <summary>Adds what the problem says to a body.</summary>
    public void Describe(ProblemDetails body)
    {
        body.Status ??= StatusCode;
        body.Detail ??= Description;
        if (Error is not null)
            body.Extensions.TryAdd("error", Error);
        if (Scopes.Count > 0)
            body.Extensions.TryAdd("scope", string.Join(' ', Scopes));
    }

    private bool IsBetterThan(ResponseProblem former) => former.StatusCode != StatusCode || (former.Error is null && Error is not null);
}
