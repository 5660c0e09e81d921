using System.Security.Claims;
using System.Text.Json;
using CognitoM2M.Lambda.Users;
using CognitoM2M.Shared;

namespace CognitoM2M.Lambda;

/// <summary>
/// Turns claims that an authorizer of API Gateway verified into a user. Claims keep their names, there is one claim for each scope, and the app
/// client is the name of the user, as with the scheme of <c>CognitoM2M.AspNetCore</c>.
/// </summary>
/// <remarks>
/// Use this only in a process that nothing but API Gateway calls, such as a Lambda function. The claims come from the event
/// (<c>requestContext.authorizer</c>), which callers cannot write. Never take them from a header: every caller can send headers.
/// </remarks>
public sealed class ApiGatewayUserReader
{
    private const string ClientIdClaim = "client_id";
    private const string ScopeClaim = "scope";
    private const string IssuerClaim = "iss";
    private const string GroupsClaim = "cognito:groups";

    private readonly HashSet<string> _issuers;
    private readonly HashSet<string>? _clientIds;
    private readonly string _authenticationType;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">The settings. They are copied.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public ApiGatewayUserReader(ApiGatewayUserOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.AllowAnyClient == options.ClientIds.Count > 0)
            throw new ArgumentException("Name the app clients in ClientIds, or set AllowAnyClient to true and leave ClientIds empty.", nameof(options));
        if (options.Issuer is null ? !CognitoNames.IsUserPoolId(options.UserPoolId) : options.Issuer.Length == 0)
            throw new ArgumentException("Set UserPoolId to the id of the user pool, such as eu-west-1_AbCdEf123, or Issuer to the issuer of the tokens.", nameof(options));
        if (string.IsNullOrEmpty(options.AuthenticationType))
            throw new ArgumentException("AuthenticationType must not be empty. A user without it would not be authenticated.", nameof(options));

        _issuers = new HashSet<string>(options.Issuer is { } issuer ? [issuer] : CognitoAddresses.Issuers(options.UserPoolId!), StringComparer.Ordinal);
        _clientIds = options.AllowAnyClient ? null : new HashSet<string>(options.ClientIds, StringComparer.Ordinal);
        _authenticationType = options.AuthenticationType;
    }

    /// <summary>Finds the user in the event of a request.</summary>
    /// <param name="request">
    /// The event that the integration gets, as JSON in UTF-8: of an HTTP API (payload formats 1.0 and 2.0) or a REST API, with a JWT authorizer, a Cognito
    /// authorizer, or an <see cref="ApiGatewayAuthorizer"/>.
    /// </param>
    /// <returns>The user; null if no authorizer verified a token, or if the token is not an access token, has another issuer, or belongs to an app client that is not accepted.</returns>
    public ClaimsPrincipal? FindInEvent(ReadOnlySpan<byte> request) =>
        StrictJson.TryParseObject(request, out var root) is null ? FindInEvent(root) : null;

    /// <inheritdoc cref="FindInEvent(ReadOnlySpan{byte})" path="/*[not(self::param)]"/>
    /// <param name="request">The event as JSON.</param>
    public ClaimsPrincipal? FindInEvent(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object || VerifiedClaims.Find(request, out var isToken) is not { } claims)
            return null;

        var texts = ClaimTexts.Read(claims).ToList();
        // An authorizer of this library has checked that the token is an access token.
        return isToken ? CreateFromClaims(texts) : Create(texts.Where(claim => claim.Key is ClientIdClaim or ScopeClaim or IssuerClaim).ToList());
    }

    /// <summary>Creates the user from the claims of a token that a JWT authorizer or a Cognito authorizer verified.</summary>
    /// <param name="claims">The claims, such as <c>request.RequestContext.Authorizer.Jwt.Claims</c> of <c>APIGatewayHttpApiV2ProxyRequest</c>.</param>
    /// <returns>The user; null if these are not the claims of an access token (<c>token_use</c>), or if the issuer or the app client is not accepted.</returns>
    /// <remarks>A JWT authorizer also accepts ID tokens, unless the route requires scopes.</remarks>
    public ClaimsPrincipal? CreateFromClaims(IEnumerable<KeyValuePair<string, string>> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var list = claims.ToList();
        return FindOnly(list, "token_use") == "access" ? Create(list) : null;
    }

    private ClaimsPrincipal? Create(List<KeyValuePair<string, string>> claims)
    {
        if (FindOnly(claims, IssuerClaim) is not { } issuer || !_issuers.Contains(issuer))
            return null;
        if (FindOnly(claims, ClientIdClaim) is not { Length: > 0 } clientId || _clientIds?.Contains(clientId) == false)
            return null;

        var identity = new ClaimsIdentity(_authenticationType, ClientIdClaim, GroupsClaim);
        foreach (var (name, value) in claims.Where(claim => !ProtectedClaims.IsImitation(claim.Key)))
        {
            foreach (var text in name == ScopeClaim ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value])
                identity.AddClaim(new Claim(name, text));
        }

        return new ClaimsPrincipal(identity);
    }

    private static string? FindOnly(List<KeyValuePair<string, string>> claims, string name) =>
        claims.Where(claim => claim.Key == name).Select(claim => claim.Value).ToList() is [var only] ? only : null;
}
