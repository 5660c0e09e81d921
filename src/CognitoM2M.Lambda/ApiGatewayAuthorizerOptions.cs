using CognitoM2M.Verification;

namespace CognitoM2M.Lambda;

/// <summary>Settings of an <see cref="ApiGatewayAuthorizer"/>. They must fit to the settings of the authorizer in API Gateway.</summary>
public sealed class ApiGatewayAuthorizerOptions
{
    /// <summary>
    /// Whether API Gateway may keep answers in its cache (<c>AuthorizerResultTtlInSeconds</c> above zero, which is the default of REST APIs).
    /// </summary>
    /// <value>
    /// True by default. Answers can then be used for requests to other routes: policies cover the whole stage, and an HTTP API with simple responses
    /// must have <c>$context.routeKey</c> among its identity sources. Set false only if the cache is off (a TTL of zero): then a policy allows
    /// the requested path alone, if the event tells the route (REST APIs with type REQUEST, HTTP APIs with the payload format 2.0).
    /// </value>
    public bool AnswersAreCached { get; set; } = true;

    /// <summary>Whether an HTTP API with the payload format 2.0 gets simple responses (<c>EnableSimpleResponses</c>) instead of policies.</summary>
    /// <value>True by default. The event does not tell. Other events are always answered with policies.</value>
    public bool UseSimpleResponses { get; set; } = true;

    /// <summary>
    /// Whether policies for the whole stage deny paths that different programs read differently: paths with a percent-encoded character
    /// (<c>/orders/%72efunds</c>), with an empty segment (<c>/orders//refunds</c>), or with a segment of one or two dots.
    /// </summary>
    /// <value>
    /// True by default. IAM compares characters. If API Gateway gave such a path to a route that is written in another way, the denial of that route would not
    /// match. Policies that need no denial are not affected. Set false only if paths with such characters must be served, and if you have tried that
    /// your API does not give them to other routes.
    /// </value>
    public bool DenyAmbiguousPaths { get; set; } = true;

    /// <summary>The header that has the token, for events that hold the whole request.</summary>
    /// <value><c>Authorization</c> by default; case-insensitive. The value of the header is <c>Bearer</c>, one or more spaces, and the token.</value>
    public string TokenHeader { get; set; } = "Authorization";

    /// <summary>Gives further values to the integration, beside <c>client_id</c>, <c>scope</c> and <c>iss</c>.</summary>
    /// <value>
    /// Null by default. Called for each token that is accepted. Values must be strings, booleans or numbers: REST APIs accept no others. They come to the
    /// integration, access logs and mapping templates, so do not put secrets there.
    /// </value>
    public Func<CognitoAccessTokenClaims, IEnumerable<KeyValuePair<string, object>>>? CreateContext { get; set; }

    /// <summary>Finds the API key of the caller's usage plan, for REST APIs with <c>apiKeySource</c> AUTHORIZER.</summary>
    /// <value>Null by default. The function may return null: then the answer has no key.</value>
    public Func<CognitoAccessTokenClaims, string?>? FindUsageIdentifierKey { get; set; }
}
