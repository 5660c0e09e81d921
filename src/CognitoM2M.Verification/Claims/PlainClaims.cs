using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Claims;

/// <summary>
/// The claims of the payload of an access token in the plain form that Cognito writes, read in one pass and without allocation. The form has no escapes, no
/// object in the payload, no claim <c>aud</c>, no empty text, and nothing that <see cref="AccessTokenReader"/> rejects. A payload in another form may be as
/// good: then <see cref="AccessTokenReader"/> decides.
/// </summary>
internal ref struct PlainClaims
{
    private const int MaxNames = 32;

    private bool _isAccessToken;
    private ReadOnlySpan<byte> _issuer;
    private ReadOnlySpan<byte> _clientId;
    private ReadOnlySpan<byte> _subject;
    private ReadOnlySpan<byte> _tokenId;
    private ReadOnlySpan<byte> _scope;
    private ReadOnlySpan<byte> _username;
    private ReadOnlySpan<byte> _groups;
    private int _groupCount;
    private DateTimeOffset? _expiresAt;
    private DateTimeOffset? _notBefore;
    private DateTimeOffset? _issuedAt;

    /// <summary>The issuer that the payload names, in UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Issuer => _issuer;

    /// <summary>Reads a payload.</summary>
    /// <param name="utf8">The JSON text. The claims point into it.</param>
    /// <param name="claims">The claims.</param>
    /// <returns>Whether the payload has the plain form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out PlainClaims claims)
    {
        claims = default;
        if (utf8.Contains((byte)'\\') || !Utf8.IsValid(utf8))
            return false;

        try
        {
            return claims.TryReadObject(utf8)
                && claims._isAccessToken
                && claims._expiresAt is not null
                && !claims._issuer.IsEmpty
                && !claims._clientId.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Returns the app client that the token was issued to; null if the issuer's settings do not accept that client.</summary>
    public readonly string? FindClientId(TrustedIssuer issuer) =>
        issuer.ClientIds is null ? Encoding.UTF8.GetString(_clientId) : issuer.FindClientId(_clientId);

    /// <summary>Creates the claims of a token whose signature was verified.</summary>
    /// <param name="issuer">The issuer of the token.</param>
    /// <param name="clientId">The app client of the token.</param>
    /// <param name="utf8">The payload.</param>
    public readonly CognitoAccessTokenClaims Create(TrustedIssuer issuer, string clientId, ReadOnlySpan<byte> utf8)
    {
        var common = new CommonClaims
        {
            Issuer = issuer,
            ClientId = clientId,
            Subject = _subject.SequenceEqual(_clientId) ? clientId : GetString(_subject),
            Username = GetString(_username),
            Groups = GetGroups(),
            ExpiresAt = _expiresAt!.Value,
            NotBefore = _notBefore,
            IssuedAt = _issuedAt,
            TokenId = GetString(_tokenId),
            Payload = utf8.ToArray(),
        };
        return new CognitoAccessTokenClaims(common, GetString(_scope));
    }

    private bool TryReadObject(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;

        Span<Range> names = stackalloc Range[MaxNames];
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (count == MaxNames || Contains(utf8, names[..count], name))
                return false;

            var start = (int)reader.TokenStartIndex + 1;
            names[count++] = start..(start + name.Length);
            if (!reader.Read() || !TryReadClaim(utf8, name, ref reader))
                return false;
        }

        // The reader throws if there is text behind the object.
        return !reader.Read();
    }

    private static bool Contains(ReadOnlySpan<byte> utf8, ReadOnlySpan<Range> names, ReadOnlySpan<byte> name)
    {
        foreach (var other in names)
        {
            if (name.SequenceEqual(utf8[other]))
                return true;
        }

        return false;
    }

    private bool TryReadClaim(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> name, scoped ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("iss"u8))
            return TryReadText(ref reader, ref _issuer);
        if (name.SequenceEqual("client_id"u8))
            return TryReadText(ref reader, ref _clientId);
        if (name.SequenceEqual("sub"u8))
            return TryReadText(ref reader, ref _subject);
        if (name.SequenceEqual("jti"u8))
            return TryReadText(ref reader, ref _tokenId);
        if (name.SequenceEqual("scope"u8))
            return TryReadText(ref reader, ref _scope);
        if (name.SequenceEqual("username"u8))
            return TryReadText(ref reader, ref _username);
        if (name.SequenceEqual("cognito:groups"u8))
            return TryReadGroups(utf8, ref reader);
        if (name.SequenceEqual("exp"u8))
            return TryReadTime(ref reader, ref _expiresAt);
        if (name.SequenceEqual("iat"u8))
            return TryReadTime(ref reader, ref _issuedAt);
        if (name.SequenceEqual("nbf"u8))
            return TryReadTime(ref reader, ref _notBefore);
        if (name.SequenceEqual("token_use"u8))
            return _isAccessToken = reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual("access"u8);

        return !name.SequenceEqual("aud"u8) && TrySkipValue(ref reader);
    }

    private static bool TryReadText(scoped ref Utf8JsonReader reader, ref ReadOnlySpan<byte> text)
    {
        text = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : [];
        return !text.IsEmpty;
    }

    private bool TryReadGroups(ReadOnlySpan<byte> utf8, scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            _groupCount++;
        _groups = utf8[start..(int)reader.BytesConsumed];
        return reader.TokenType == JsonTokenType.EndArray;
    }

    private readonly string[] GetGroups()
    {
        if (_groupCount == 0)
            return [];

        var groups = new string[_groupCount];
        var reader = new Utf8JsonReader(_groups);
        reader.Read();
        for (var i = 0; i < groups.Length; i++)
        {
            reader.Read();
            groups[i] = Encoding.UTF8.GetString(reader.ValueSpan);
        }

        return groups;
    }

    private static bool TryReadTime(ref Utf8JsonReader reader, ref DateTimeOffset? instant)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var seconds) || seconds is < 0 or > ClaimReader.MaxUnixSeconds)
            return false;

        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static string? GetString(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);

    /// <summary>Skips a value. A value that holds an object is not in the plain form, because the object may have a name twice.</summary>
    private static bool TrySkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return reader.TokenType != JsonTokenType.StartObject;

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
        {
            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth)
                return true;
        }

        return false;
    }
}
