using System.Text.Json.Nodes;
using CognitoM2M.Emulator;
using CognitoM2M.Testing.Tokens;

namespace CognitoM2M.Testing;

/// <summary>
/// Tokens with one fault each. All else is right: an API that accepts one of them does not check what the name says. The parameter of each
/// member is the scopes of the token.
/// </summary>
public sealed class BadTokens
{
    private const string OtherClientId = "anotherclientofthesamepool";

    private readonly CognitoFixture _cognito;
    private readonly Lazy<EmulatedUserPool> _otherUserPool;

    internal BadTokens(CognitoFixture cognito)
    {
        _cognito = cognito;
        _otherUserPool = new Lazy<EmulatedUserPool>(() => cognito.Emulator.CreateUserPool("other"));
    }

    /// <summary>A token that expired an hour ago.</summary>
    public string Expired(params string[] scopes) => Change(scopes, claims =>
    {
        Shift(claims, "iat", TimeSpan.FromHours(-2));
        Shift(claims, "auth_time", TimeSpan.FromHours(-2));
        Shift(claims, "exp", TimeSpan.FromHours(-2));
    });

    /// <summary>A token that becomes valid in an hour (claim <c>nbf</c>).</summary>
    public string NotYetValid(params string[] scopes) => Change(scopes, claims =>
    {
        claims["nbf"] = claims["iat"]!.GetValue<long>();
        Shift(claims, "nbf", TimeSpan.FromHours(1));
        Shift(claims, "exp", TimeSpan.FromHours(1));
    });

    /// <summary>A token of another user pool, signed with a key of that pool.</summary>
    public string OfOtherUserPool(params string[] scopes)
    {
        var claims = CompactToken.ReadClaims(_cognito.Token(scopes));
        claims["iss"] = _otherUserPool.Value.Issuer;
        return _otherUserPool.Value.SignToken(claims);
    }

    /// <summary>A token of an app client that the API does not list. An API with <c>AllowAnyClient</c> accepts it.</summary>
    public string OfOtherClient(params string[] scopes) => Change(scopes, claims =>
    {
        claims["client_id"] = OtherClientId;
        claims["sub"] = OtherClientId;
    });

    /// <summary>An ID token, signed with the pool's key of ID tokens. It tells who a user is and is no permission to call an API.</summary>
    public string IdToken(params string[] scopes)
    {
        var claims = CompactToken.ReadClaims(_cognito.Token(scopes));
        claims["token_use"] = "id";
        claims["aud"] = claims["client_id"]!.DeepClone();
        return _cognito.UserPool.SignToken(claims, withIdTokenKey: true);
    }

    /// <summary>A token without a scope. An API answers 403 where it requires a scope, and 200 where it requires none.</summary>
    public string WithoutScope() => _cognito.Token();

    /// <summary>A token that was signed with a key that is in no key set.</summary>
    public string WithUnknownKey(params string[] scopes)
    {
        // The claims are those of the right pool; the header names a key that this pool does not publish.
        return _otherUserPool.Value.SignToken(CompactToken.ReadClaims(_cognito.Token(scopes)));
    }

    /// <summary>A token whose signature was changed.</summary>
    public string WithChangedSignature(params string[] scopes) => CompactToken.ChangeSignature(_cognito.Token(scopes));

    /// <summary>A token whose scopes were changed after it was signed.</summary>
    public string WithChangedClaims(params string[] scopes)
    {
        var token = _cognito.Token(CognitoFixture.DefaultScope);
        var claims = CompactToken.ReadClaims(token);
        claims["scope"] = string.Join(' ', scopes);
        return CompactToken.ReplaceClaims(token, claims);
    }

    /// <summary>A token without a signature, whose header says <c>"alg": "none"</c>.</summary>
    public string WithoutSignature(params string[] scopes) => CompactToken.WithoutSignature(CompactToken.ReadClaims(_cognito.Token(scopes)));

    /// <summary>All tokens that an API must answer with 401 if it lists its app clients, by the name of the member that makes them.</summary>
    /// <param name="scopes">The scopes of the tokens.</param>
    public IReadOnlyDictionary<string, string> All(params string[] scopes) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(Expired)] = Expired(scopes),
        [nameof(NotYetValid)] = NotYetValid(scopes),
        [nameof(OfOtherUserPool)] = OfOtherUserPool(scopes),
        [nameof(OfOtherClient)] = OfOtherClient(scopes),
        [nameof(IdToken)] = IdToken(scopes),
        [nameof(WithUnknownKey)] = WithUnknownKey(scopes),
        [nameof(WithChangedSignature)] = WithChangedSignature(scopes),
        [nameof(WithChangedClaims)] = WithChangedClaims(scopes),
        [nameof(WithoutSignature)] = WithoutSignature(scopes),
    };

    private string Change(string[] scopes, Action<JsonObject> change)
    {
        var claims = CompactToken.ReadClaims(_cognito.Token(scopes));
        change(claims);
        return _cognito.UserPool.SignToken(claims);
    }

    private static void Shift(JsonObject claims, string name, TimeSpan by) =>
        claims[name] = claims[name]!.GetValue<long>() + (long)by.TotalSeconds;
}
