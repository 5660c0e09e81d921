using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>A request to the token endpoint as it arrived, before any check.</summary>
internal sealed class TokenRequest
{
    public required string Method { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    /// <summary>Null if the body was too large to read.</summary>
    public required TokenForm? Form { get; init; }

    public required ClientCredentials Credentials { get; init; }

    /// <summary>The scopes of the form. Empty if there is none.</summary>
    public IReadOnlyList<string> RequestedScopes => Form?["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static async Task<TokenRequest> ReadAsync(HttpRequest request)
    {
        var body = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        var form = body is null ? null : TokenForm.Parse(body);
        return new TokenRequest
        {
            Method = request.Method,
            Headers = request.Headers,
            Form = form,
            Credentials = ClientCredentials.Parse(request.Headers.Authorization, form ?? TokenForm.Empty),
        };
    }
}
