namespace CognitoM2M.Lambda.Events;

/// <summary>The kinds of events that API Gateway sends to an authorizer.</summary>
internal enum AuthorizerEventKind
{
    /// <summary>A REST API, type TOKEN: the event holds one header and the method ARN.</summary>
    RestToken,

    /// <summary>A REST API, type REQUEST: the event holds the request.</summary>
    RestRequest,

    /// <summary>An HTTP API with the payload format 1.0.</summary>
    Http1,

    /// <summary>An HTTP API with the payload format 2.0.</summary>
    Http2,
}
