namespace CognitoM2M.Lambda.Events;

/// <summary>What an authorizer needs to know from an event.</summary>
/// <param name="Kind">The kind of the event.</param>
/// <param name="Arn">The ARN of the request.</param>
/// <param name="Token">The token; null if the request has none, or several.</param>
internal sealed record AuthorizerEvent(AuthorizerEventKind Kind, MethodArn Arn, string? Token)
{
    /// <summary>The resource of a REST API, such as <c>/orders/{id}</c>.</summary>
    /// <value>Null if the event does not tell.</value>
    public string? Resource { get; init; }

    /// <summary>The route key of an HTTP API with the payload format 2.0, such as <c>GET /orders/{id}</c>.</summary>
    /// <value>Null for other kinds.</value>
    public string? RouteKey { get; init; }

    /// <summary>Whether an answer in the cache of an HTTP API can be used for this token alone. REST APIs do not tell.</summary>
    public bool IsCachedByCaller { get; init; } = true;

    /// <summary>Whether an answer in the cache of an HTTP API can be used for this route alone.</summary>
    public bool IsCachedByRoute { get; init; }

    // The text of a record would show the token.
    public override string ToString() => $"{Kind}";
}
