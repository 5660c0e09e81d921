using CognitoM2M.Lambda.Answers;
using CognitoM2M.Lambda.Diagnostics;
using CognitoM2M.Lambda.Events;
using CognitoM2M.Lambda.Policies;
using CognitoM2M.Lambda.Routes;
using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Lambda;

/// <summary>
/// Answers the events that Amazon API Gateway sends to a Lambda authorizer: of REST APIs (TOKEN and REQUEST) and of HTTP APIs (payload formats 1.0
/// and 2.0, simple responses and policies). Create one and keep it as long as the process runs. Safe for use by many threads.
/// </summary>
/// <remarks>
/// A token that is missing or rejected: status 401 for REST APIs (<see cref="ApiGatewayUnauthorizedException"/>), a denial (403) for HTTP
/// APIs, which have no other documented answer. A token without the scopes of the route: a denial. No keys, settings that do not fit together, or
/// a denial by an HTTP API that may be wrong a moment later: <see cref="ApiGatewayAuthorizerException"/> (500), which API Gateway does not keep in its cache.
/// </remarks>
public sealed class ApiGatewayAuthorizer
{
    private readonly CognitoAccessTokenVerifier _verifier;
    private readonly RouteTable _routes;
    private readonly StagePolicies _policies;
    private readonly AnswerSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly RejectionLog _rejections;

    /// <summary>Creates an authorizer.</summary>
    /// <param name="verifier">Verifies the tokens. The authorizer does not dispose it.</param>
    /// <param name="routes">The scopes that each route needs. They are copied, so later changes of the object have no effect.</param>
    /// <param name="options">The settings; null for the defaults. They are copied.</param>
    /// <param name="loggerFactory">Logs why tokens are rejected, and settings that do not fit together; null for no log.</param>
    /// <param name="timeProvider">The clock; the system's clock if null.</param>
    /// <exception cref="ArgumentException">No route is named, or the name of the header is empty.</exception>
    public ApiGatewayAuthorizer(
        CognitoAccessTokenVerifier verifier,
        RouteScopes routes,
        ApiGatewayAuthorizerOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(routes);

        _verifier = verifier;
        _routes = routes.CreateTable();
        if (_routes.Rules.Count == 0)
            throw new ArgumentException("No route is named, so every request would be denied.", nameof(routes));
        _settings = AnswerSettings.Copy(options ?? new ApiGatewayAuthorizerOptions());
        _policies = new StagePolicies(_routes, _settings.DenyAmbiguousPaths);
        _timeProvider = timeProvider ?? TimeProvider.System;
        var logger = QuietLogger.Create(loggerFactory, typeof(ApiGatewayAuthorizer).FullName!);
        _logger = logger;
        _rejections = new RejectionLog(logger, _timeProvider);
    }

    /// <summary>Answers an event.</summary>
    /// <param name="request">The event, as JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the wait for keys.</param>
    /// <returns>The answer for API Gateway, as JSON in UTF-8.</returns>
    /// <exception cref="ApiGatewayUnauthorizedException">A REST API: the request has no token, or the token is rejected. Let it leave the function.</exception>
    /// <exception cref="ApiGatewayAuthorizerException">There is no answer. The message says why.</exception>
    public async Task<byte[]> AuthorizeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        var received = EventReader.Read(request.Span, _settings.TokenHeader);
        var isSimple = received.Kind == AuthorizerEventKind.Http2 && _settings.UseSimpleResponses;
        if (_settings.AnswersAreCached)
            CheckCache(received, isSimple);

        var result = await _verifier.VerifyAsync(received.Token, cancellationToken).ConfigureAwait(false);
        if (!result.IsValid)
            return Reject(received, isSimple, result.Rejection);

        var caller = _settings.Describe(result.Claims);
        return isSimple
            ? AnswerWriter.WriteSimple(IsOpen(received, result.Claims, isForRouteKey: _settings.AnswersAreCached), caller)
            : AnswerWriter.WritePolicy(CreatePolicy(received, result.Claims), caller);
    }

    /// <summary>Answers an event. This method can be the handler of a Lambda function: streams need no serializer.</summary>
    /// <param name="request">The event, as JSON in UTF-8. It is read to its end and not disposed.</param>
    /// <returns>The answer for API Gateway, as JSON in UTF-8.</returns>
    /// <inheritdoc cref="AuthorizeAsync" path="/exception"/>
    public async Task<Stream> HandleAsync(Stream request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var buffer = new MemoryStream();
        await request.CopyToAsync(buffer).ConfigureAwait(false);
        return new MemoryStream(await AuthorizeAsync(buffer.ToArray()).ConfigureAwait(false), writable: false);
    }

    private void CheckCache(AuthorizerEvent received, bool isSimple)
    {
        if (!received.IsCachedByCaller)
        {
            throw new ApiGatewayAuthorizerException(
                $"API Gateway may use an answer from its cache for other callers. Add $request.header.{_settings.TokenHeader} to the identity sources of the authorizer. "
                + "Or switch off its cache (a TTL of zero) and set AnswersAreCached to false.");
        }

        if (isSimple && !received.IsCachedByRoute)
        {
            throw new ApiGatewayAuthorizerException(
                "API Gateway may use a simple response from its cache for other routes. Add $context.routeKey to the identity sources of the authorizer. "
                + (received.RouteKey == received.Arn.Stage ? $"The stage {received.Arn.Stage} has the same name as the route, so add $context.stage, too: otherwise one could be taken for the other. " : "")
                + "Or switch off its cache (a TTL of zero) and set AnswersAreCached to false. Or disable simple responses and set UseSimpleResponses to false.");
        }
    }

    private byte[] Reject(AuthorizerEvent received, bool isSimple, TokenRejection rejection)
    {
        if (rejection.Reason == TokenRejectionReason.KeysNotAvailable)
        {
            _rejections.KeysNotAvailable(rejection);
            throw new ApiGatewayAuthorizerException("The keys of the user pool cannot be downloaded at present, so the token cannot be verified.");
        }

        _rejections.Rejected(rejection);
        var isRest = received.Kind is AuthorizerEventKind.RestToken or AuthorizerEventKind.RestRequest;
        if (!isRest && _settings.AnswersAreCached && MayChange(rejection.Reason))
        {
            throw new ApiGatewayAuthorizerException(
                $"The token is rejected now ({rejection.Reason}), but the same token may be accepted later. A denial would stay in the cache of API Gateway.");
        }

        if (isSimple)
            return AnswerWriter.WriteSimple(isAuthorized: false, Caller.Rejected);

        // Another token of the same caller would lack the scope or the group, too. So the answer is a denial, and not the status that asks for another token.
        return isRest && rejection.Reason is not (TokenRejectionReason.ScopeMissing or TokenRejectionReason.GroupMissing)
            ? throw new ApiGatewayUnauthorizedException(rejection)
            : AnswerWriter.WritePolicy(DenyStage(received), Caller.Rejected);
    }

    /// <summary>Whether the same token may get another verdict later: after a key was downloaded, when its time has come, or when its tenant is known.</summary>
    private bool MayChange(TokenRejectionReason reason) =>
        reason is TokenRejectionReason.KeyNotFound or TokenRejectionReason.NotYetValid
        || (_verifier.FindsTenants && reason is (TokenRejectionReason.IssuerNotTrusted or TokenRejectionReason.ClientNotAllowed));

    private AnswerPolicy CreatePolicy(AuthorizerEvent received, CognitoAccessTokenClaims token)
    {
        // Events of other kinds do not reliably name the route.
        if (!_settings.AnswersAreCached && received.Kind is AuthorizerEventKind.RestRequest or AuthorizerEventKind.Http2)
            return CreatePolicyForRequest(received, token);

        var policy = _policies.Find(token.HasScope);
        if (policy.Conflicts.Count > 0)
            throw new ApiGatewayAuthorizerException($"No policy for the whole stage can allow exactly the routes that this token may call: {policy.Conflicts[0]}. {PolicyConflicts.Cure}");
        if (received.Kind is AuthorizerEventKind.RestRequest or AuthorizerEventKind.Http2)
            Compare(policy, received, token);

        return policy.Allowed.Count == 0
            ? DenyStage(received)
            : new AnswerPolicy(Expand(policy.Allowed), Expand(policy.Denied), FindEnd(token));

        string[] Expand(IReadOnlyList<string> globs) => [.. globs.Select(glob => ResourceArn.Create(received.Arn.StagePrefix, glob))];
    }

    private AnswerPolicy CreatePolicyForRequest(AuthorizerEvent received, CognitoAccessTokenClaims token)
    {
        if (!IsOpen(received, token))
            return DenyStage(received);
        if (received.Arn.HasWildcard)
        {
            Log.PathHasWildcard(_logger, DescribeRoute(received));
            return DenyStage(received);
        }

        return new AnswerPolicy([ResourceArn.Create(received.Arn.StagePrefix, received.Arn.MethodAndPath)], [], FindEnd(token));
    }

    /// <summary>Compares the policy with the rule of the route that is asked for.</summary>
    private void Compare(StagePolicy policy, AuthorizerEvent received, CognitoAccessTokenClaims token)
    {
        var isOpen = IsOpen(received, token);
        var isAllowed = policy.Allows(received.Arn.MethodAndPath);
        if (isAllowed && !isOpen)
        {
            throw new ApiGatewayAuthorizerException(
                $"The policy of this token would allow the route {DescribeRoute(received)}, which the token may not call. In RouteScopes, name every route that has this authorizer, "
                + "also the routes that no token may call (Refuse). Write the paths as in API Gateway.");
        }

        if (isOpen && !isAllowed)
            Log.PathDeniedByPattern(_logger, token.ClientId, DescribeRoute(received));
    }

    /// <param name="received">The request.</param>
    /// <param name="token">The accepted token.</param>
    /// <param name="isForRouteKey">Whether the answer must hold for all requests with the same route key, whatever their methods are.</param>
    private bool IsOpen(AuthorizerEvent received, CognitoAccessTokenClaims token, bool isForRouteKey = false)
    {
        var rule = received switch
        {
            { RouteKey: { } routeKey } when isForRouteKey || routeKey == RouteTemplate.DefaultKey => _routes.FindByKey(routeKey),
            { RouteKey: { } routeKey } => _routes.FindByResource(received.Arn.Method, routeKey[(routeKey.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
            { Resource: { } resource } => _routes.FindByResource(received.Arn.Method, resource),
            _ => null,
        };
        if (rule is null)
            Log.RouteNotNamed(_logger, DescribeRoute(received));
        return rule?.IsOpenTo(token) == true;
    }

    private DateTimeOffset FindEnd(CognitoAccessTokenClaims token) =>
        token.ExpiresAt > _timeProvider.GetUtcNow() ? token.ExpiresAt : token.ExpiresAt + VerificationLimits.MaxClockTolerance;

    private static AnswerPolicy DenyStage(AuthorizerEvent received) => new([], [received.Arn.WholeStage]);

    private static string DescribeRoute(AuthorizerEvent received) => received.RouteKey ?? $"{received.Arn.Method} {received.Resource}";
}
