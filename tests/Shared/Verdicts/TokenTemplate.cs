namespace CognitoM2M.Testing.Verdicts;

/// <summary>A kind of token, as a valid one of user pool <see cref="TestToken.PoolId"/> looks. The cases of a table are changes of it.</summary>
/// <param name="payload">The payload of a valid token.</param>
internal sealed class TokenTemplate(RawObject payload)
{
    public const string UserId = "11aa22bb-0000-4000-8000-333344445555";
    public const string Username = "jane";

    private readonly Lazy<string> _valid = new(() => TestToken.Create(payload));

    /// <summary>The access token of a machine.</summary>
    public static TokenTemplate Machine { get; } = new(TestToken.Payload);

    /// <summary>The access token of a user.</summary>
    public static TokenTemplate User { get; } = new(new RawObject()
        .WithText("sub", UserId)
        .With("cognito:groups", "[\"admins\",\"readers\"]")
        .WithText("iss", TestToken.Issuer)
        .WithNumber("version", 2)
        .WithText("client_id", TestToken.ClientId)
        .WithText("origin_jti", "9f8e7d6c-0000-4000-8000-000000000000")
        .WithText("event_id", "5a5b5c5d-0000-4000-8000-000000000000")
        .WithText("token_use", "access")
        .WithText("scope", "orders/read orders/write")
        .WithNumber("auth_time", TestToken.Now)
        .WithNumber("exp", TestToken.Now + 3600)
        .WithNumber("iat", TestToken.Now)
        .WithText("jti", "0b1c2d3e-0000-4000-8000-000000000000")
        .WithText("username", Username));

    /// <summary>The ID token of a user.</summary>
    public static TokenTemplate IdToken { get; } = new(new RawObject()
        .WithText("at_hash", "GSZ4mM1nm0JPYGNdxJ4T4Q")
        .WithText("sub", UserId)
        .With("cognito:groups", "[\"admins\",\"readers\"]")
        .With("email_verified", "true")
        .WithText("iss", TestToken.Issuer)
        .WithText("cognito:username", Username)
        .WithText("nonce", "n-0S6_WzA2Mj")
        .WithText("origin_jti", "9f8e7d6c-0000-4000-8000-000000000000")
        .WithText("aud", TestToken.ClientId)
        .WithText("event_id", "5a5b5c5d-0000-4000-8000-000000000000")
        .WithText("token_use", "id")
        .WithNumber("auth_time", TestToken.Now)
        .WithNumber("exp", TestToken.Now + 3600)
        .WithNumber("iat", TestToken.Now)
        .WithText("jti", "0b1c2d3e-0000-4000-8000-000000000000")
        .WithText("email", "jane@example.com"));

    public RawObject Payload { get; } = payload;

    /// <summary>A valid token.</summary>
    public string Valid => _valid.Value;

    public bool IsIdToken => this == IdToken;

    public bool IsUser => this != Machine;

    /// <summary>The claim that names the app client.</summary>
    public string ClientClaim => IsIdToken ? "aud" : "client_id";

    public string Create(RawObject header) => TestToken.Create(header, Payload);
}
