using CognitoM2M.UserSessions.Authorization;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Requests;
using CognitoM2M.UserSessions.Sealing;
using CognitoM2M.UserSessions.Tokens;

namespace CognitoM2M.UserSessions;

/// <content>Sign-ins by authorization code, and sealed challenges.</content>
public sealed partial class CognitoUserSessions
{
    private const string Authorize = "authorize";
    private const string StatePurpose = "state";
    private const string ChallengePurpose = "challenge";

    private readonly Lazy<Seal> _seals;
    private readonly ReturnUrls _returnUrls;

    /// <summary>Whether a browser may be sent to an address after a sign-in: a path that begins with one slash, or an address of <see cref="CognitoUserSessionsOptions.ReturnOrigins"/>.</summary>
    /// <param name="address">The address, which may come from anybody.</param>
    public bool IsAllowedReturnUrl(string? address) => _returnUrls.Allows(address);

    /// <summary>Creates an authorization request (RFC 6749, section 4.1.1) with PKCE, a nonce and a sealed state. Sends nothing.</summary>
    /// <param name="parameters">What to ask for.</param>
    /// <exception cref="CognitoUserSessionException">The return address is not allowed (<see cref="CognitoUserSessionErrors.InvalidReturnUrl"/>).</exception>
    /// <exception cref="ArgumentException">The redirect URI is not one of <see cref="CognitoUserSessionsOptions.CallbackUrls"/>, or another parameter is wrong.</exception>
    public CognitoAuthorization CreateAuthorization(CognitoAuthorizationParameters parameters) => _failures.Watch(() =>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        AuthorizationRules.Check(parameters);
        var redirectUri = AuthorizationRules.FindRedirectUri(parameters.RedirectUri, _settings.CallbackUrls);
        if (!_returnUrls.Allows(parameters.ReturnUrl))
            throw SessionFailures.Create(OwnErrors.InvalidReturnUrl, Authorize);

        var (verifier, nonce, expiresAt) = (CodeVerifier.Create(), CodeVerifier.Create(), _seals.Value.GetEnd());
        var challenge = CodeVerifier.CreateChallenge(verifier);
        var state = _seals.Value.Close(
            StatePurpose, new StateContent(redirectUri, challenge, nonce, parameters.ReturnUrl, parameters.Scopes.Contains("openid", StringComparer.Ordinal)), expiresAt, SealedContents.Default.StateContent);
        var address = DomainAddresses.Create(
            _settings.RequireDomain(),
            "oauth2/authorize",
            ("response_type", "code"),
            ("client_id", _settings.ClientId),
            ("redirect_uri", redirectUri),
            ("scope", string.Join(' ', parameters.Scopes)),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", CodeVerifier.Method),
            ("identity_provider", parameters.IdentityProvider),
            ("idp_identifier", parameters.IdpIdentifier),
            ("lang", parameters.Lang),
            ("login_hint", parameters.LoginHint),
            ("prompt", parameters.Prompt));
        return new CognitoAuthorization(address, verifier, nonce, expiresAt);
    });

    /// <summary>Completes a sign-in with the parameters that the browser sent to the callback: checks the state, and exchanges the code.</summary>
    /// <param name="query">The query of the callback's address, such as <c>Request.QueryString.Value</c>.</param>
    /// <param name="codeVerifier">The code verifier from the cookie of the browser; null if the browser sent none. Delete the cookie.</param>
    /// <param name="cancellationToken">Ends the wait. The code may then be used up.</param>
    /// <exception cref="CognitoUserSessionException">The user was not signed in.</exception>
    public Task<CognitoAuthorizedSignIn> CompleteAuthorizationAsync(string? query, string? codeVerifier, CancellationToken cancellationToken = default) => _failures.WatchAsync(async () =>
    {
        // Everything that the browser sends is checked against the state first, also an error. Otherwise anybody could show users errors of their choice.
        if (CallbackQuery.Read(query) is not { } callback
            || _seals.Value.Open(StatePurpose, callback.State, SealedContents.Default.StateContent) is not { } state
            || !CodeVerifier.Fits(codeVerifier, state.CodeChallenge)
            || !_settings.CallbackUrls.Contains(state.RedirectUri, StringComparer.Ordinal)
            || !_returnUrls.Allows(state.ReturnUrl))
            throw SessionFailures.Create(OwnErrors.InvalidState, Authorize);
        if (callback.Error is { Length: > 0 } error)
            throw SessionFailures.CreateForCallback(Authorize, error);
        if (callback.Code is not { Length: > 0 } code)
            throw SessionFailures.Create(OwnErrors.InvalidState, Authorize);

        // Without the scope openid there is no ID token, and PKCE alone binds the code to the browser.
        var nonce = state.HasIdToken ? state.Nonce : null;
        var tokens = await SendCodeAsync(code, state.RedirectUri, codeVerifier!, nonce, cancellationToken).ConfigureAwait(false);
        return new CognitoAuthorizedSignIn(tokens, state.ReturnUrl, state.Nonce);
    });

    /// <summary>Exchanges an authorization code at <c>/oauth2/token</c>, for callers that keep state, code verifier and nonce themselves.</summary>
    /// <param name="code">The code.</param>
    /// <param name="redirectUri">The redirect URI of the authorization request.</param>
    /// <param name="codeVerifier">The code verifier (PKCE) of the authorization request.</param>
    /// <param name="nonce">The nonce of the authorization request, which the ID token must have; null if the request had no nonce or not the scope <c>openid</c>.</param>
    /// <param name="cancellationToken">Ends the wait. The code may then be used up.</param>
    /// <exception cref="ArgumentException">The redirect URI is not one of <see cref="CognitoUserSessionsOptions.CallbackUrls"/>, or the code verifier is malformed. Nothing was sent.</exception>
    /// <exception cref="CognitoUserSessionException">There are no tokens, or the ID token is missing or does not have the nonce. Tokens that came with a wrong nonce are dropped, and not revoked.</exception>
    public Task<CognitoUserTokens> ExchangeCodeAsync(
        string code, string redirectUri, string codeVerifier, string? nonce = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentException.ThrowIfNullOrEmpty(redirectUri);
        AuthorizationRules.FindRedirectUri(redirectUri, _settings.CallbackUrls);
        if (!CodeVerifier.IsWellFormed(codeVerifier))
            throw new ArgumentException("A code verifier has 43 to 128 characters: letters, digits, '-', '.', '_' and '~' (RFC 7636, section 4.1).", nameof(codeVerifier));

        return _failures.WatchAsync(() => SendCodeAsync(code, redirectUri, codeVerifier, nonce, cancellationToken));
    }

    private async Task<CognitoUserTokens> SendCodeAsync(string code, string redirectUri, string codeVerifier, string? nonce, CancellationToken cancellationToken)
    {
        var sentAt = _timeProvider.GetUtcNow();
        var request = CodeRequests.Create(
            new Uri(_settings.RequireDomain(), "oauth2/token"), _settings.ClientId, _settings.ClientSecret, code, redirectUri, codeVerifier);
        var body = await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var tokens = TokenReader.Read(request.Operation, body, TokenNames.OfTokenEndpoint, usedRefreshToken: null, sentAt);
        return nonce is null || (tokens.IdToken is not null && NonceClaim.Has(tokens.IdToken, nonce))
            ? tokens
            : throw SessionFailures.Create(OwnErrors.InvalidNonce, request.Operation);
    }

    /// <summary>Creates the address that ends the session of the browser at Cognito. Revoke the refresh token, too.</summary>
    /// <param name="logoutUrl">Where Cognito sends the browser then: one of <see cref="CognitoUserSessionsOptions.LogoutUrls"/>. Null takes the only one.</param>
    /// <exception cref="ArgumentException">The address is not one of <see cref="CognitoUserSessionsOptions.LogoutUrls"/>.</exception>
    public Uri CreateLogoutAddress(string? logoutUrl = null) => DomainAddresses.Create(
        _settings.RequireDomain(),
        "logout",
        ("client_id", _settings.ClientId),
        ("logout_uri", AuthorizationRules.FindLogoutUrl(logoutUrl, _settings.LogoutUrls)));

    /// <summary>Seals a challenge into a text for a hidden field of the form that asks the user for the answer.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <exception cref="InvalidOperationException">There are no keys (<see cref="CognitoUserSessionsOptions.StateKeys"/>).</exception>
    public string SealChallenge(CognitoChallenge challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);

        var content = new ChallengeContent(
            challenge.Name, challenge.Username, challenge.Session, challenge.CodeDestination, [.. challenge.RequiredAttributes], [.. challenge.Choices]);
        return _seals.Value.Close(ChallengePurpose, content, _seals.Value.GetEnd(), SealedContents.Default.ChallengeContent);
    }

    /// <summary>Opens a challenge that was sealed.</summary>
    /// <param name="text">The text that came back from the browser.</param>
    /// <exception cref="CognitoUserSessionException">The text was changed, has expired, or is of another app client (<see cref="CognitoUserSessionErrors.InvalidChallenge"/>).</exception>
    public CognitoChallenge OpenChallenge(string? text) => _failures.Watch(() =>
        _seals.Value.Open(ChallengePurpose, text, SealedContents.Default.ChallengeContent) is { } content
            ? new CognitoChallenge(content.Name, content.Username, content.Session)
            {
                CodeDestination = content.CodeDestination,
                RequiredAttributes = content.RequiredAttributes,
                Choices = content.Choices,
            }
            : throw SessionFailures.Create(OwnErrors.InvalidChallenge, RespondToAuthChallenge));
}
