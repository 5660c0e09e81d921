using System.Text.Json;

namespace CognitoM2M.Lambda.Users;

/// <summary>Finds the claims that API Gateway, or an authorizer of this library, has verified for a request.</summary>
internal static class VerifiedClaims
{
    private static readonly string[] _otherAuthorizers = ["claims", "iam", "jwt", "lambda"];

    /// <summary>The claims; null if the event has none.</summary>
    /// <param name="request">The event that the integration gets.</param>
    /// <param name="isToken">Whether these are all claims of a token, or what an authorizer wrote about it.</param>
    public static JsonElement? Find(JsonElement request, out bool isToken)
    {
        isToken = true;
        if (FindObject(request, "requestContext") is not { } context || FindObject(context, "authorizer") is not { } authorizer)
            return null;

        // An HTTP API with a JWT authorizer: format 2.0, then format 1.0. The latter is also the form of a REST API with a Cognito authorizer.
        var claims = FindObject(authorizer, "jwt") is { } jwt ? FindObject(jwt, "claims") : FindObject(authorizer, "claims");
        if (claims is not null)
            return claims;

        // A Lambda authorizer: format 2.0, then format 1.0 and REST APIs. The other authorizers have a member of their own, which may be null.
        isToken = false;
        return FindObject(authorizer, "lambda") ?? (_otherAuthorizers.Any(name => authorizer.TryGetProperty(name, out _)) ? null : authorizer);
    }

    private static JsonElement? FindObject(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
