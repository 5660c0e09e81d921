using System.Buffers.Text;
using System.Text;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Fuzzing;

/// <summary>Makes one to three random changes to a valid token, as an attacker or a faulty proxy might. The same seed makes the same changes.</summary>
internal sealed class TokenMutator(int seed, IReadOnlyList<string> tokens)
{
    private const string Base64UrlLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const string Letters = Base64UrlLetters + "+/=. \t\r\n\0%\"{}[],:\\\u00E9\uFF21\uD83D\uDE00\uFEFF\u2028";

    private static readonly string[] _names =
        ["alg", "kid", "typ", "crit", "jwk", "iss", "sub", "exp", "nbf", "iat", "aud", "scope", "token_use", "client_id", "jti", "\\u0061lg", "", "x"];

    private static readonly string[] _values =
        ["null", "true", "0", "-1", "1e999", "9999999999", "\"\"", "\"none\"", "\"HS256\"", "\"RS256\"", "[]", "{}", "[[[[1]]]]", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "\"access\"",
            "\"orders/admin\"", "\"access-key\"", "\"attacker\"", $"\"{TestToken.Issuer}\"", $"\"{TestToken.ClientId}\"", "1767225600.5", "\"\\u0000\"", "01", "NaN"];

    private readonly Random _random = new(seed);

    /// <summary>Makes a mutant. Sometimes the changes cancel out, and the mutant is the token itself.</summary>
    public string Next()
    {
        var token = Pick(tokens);
        for (var changes = _random.Next(1, 4); changes > 0; changes--)
            token = Change(token);
        return token;
    }

    private string Change(string token) => _random.Next(18) switch
    {
        0 => Replace(token, Pick(Letters)),
        1 => Replace(token, Pick(Base64UrlLetters)),
        2 => FlipBit(token),
        3 => Swap(token),
        4 => token.Insert(_random.Next(token.Length + 1), $"{Pick(Letters)}"),
        5 => token.Length == 0 ? token : token.Remove(_random.Next(token.Length), 1),
        6 => Truncate(token),
        7 => Repeat(token),
        8 => OnPart(token, part => Pick([part + "=", part + "==", part.Replace('-', '+').Replace('_', '/'), NextLetter(part), part + "A", part.TrimEnd('A')])),
        9 => OnPart(token, part => Encode(Bytes(part) is { Length: > 0 } bytes ? FlipBit(bytes) : [])),
        10 => OnJson(token, SetMember),
        11 => OnJson(token, json => Pick([$" {json}", $"{json} ", $"{json}{json}", $"[{json}]", $"/**/{json}", json.TrimEnd('}'), json.Replace(",", " , ", StringComparison.Ordinal)])),
        12 => OnJson(token, json => json.Length == 0 ? json : Replace(json, Pick(Letters))),
        13 => ExchangeParts(token, Pick(tokens)),
        14 => OnParts(token, parts => Pick([[.. parts, Pick(parts)], parts[..^1], [.. parts.Reverse()], ["", .. parts], [.. parts, ""]])),
        15 => Pick([token + Pick(tokens), $"{token}.{Pick(tokens)}", $"{token},{Pick(tokens)}", $"Bearer {token}", $" {token}", $"{token}\n", $"\"{token}\""]),
        16 => OnPart(token, _ => Encode(RandomBytes())),
        _ => token.ToCharArray() is var all && _random.Next(2) == 0 ? new string([.. all.Reverse()]) : SwapCase(token),
    };

    private string SetMember(string json)
    {
        var (name, value) = (Pick(_names), Pick(_values));
        return _random.Next(4) switch
        {
            0 => json.Length > 1 ? $"{{\"{name}\":{value},{json[1..]}" : json,
            1 => json.Length > 1 ? $"{json[..^1]},\"{name}\":{value}}}" : json,
            2 => json.Replace("orders/read", "orders/admin", StringComparison.Ordinal),
            _ => json.Replace($"\"{name}\":", $"\"{name}\":{value},\"old\":", StringComparison.Ordinal),
        };
    }

    private string OnPart(string token, Func<string, string> change) => OnParts(token, parts =>
    {
        var i = _random.Next(parts.Length);
        return [.. parts[..i], change(parts[i]), .. parts[(i + 1)..]];
    });

    /// <summary>Decodes header or payload, changes it, and encodes it again. The signature stays the same.</summary>
    private string OnJson(string token, Func<string, string> change) => OnParts(token, parts =>
    {
        var i = _random.Next(Math.Min(2, parts.Length));
        return [.. parts[..i], Encode(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Bytes(parts[i]))))), .. parts[(i + 1)..]];
    });

    private static string OnParts(string token, Func<string[], string[]> change) => string.Join('.', change(token.Split('.')));

    private string ExchangeParts(string token, string other) => OnParts(token, parts =>
    {
        var others = other.Split('.');
        var i = _random.Next(parts.Length);
        parts[i] = others[Math.Min(i, others.Length - 1)];
        return parts;
    });

    private string Replace(string text, char c) => text.Length == 0 ? $"{c}" : _random.Next(text.Length) is var i ? $"{text[..i]}{c}{text[(i + 1)..]}" : text;

    private string FlipBit(string text) => text.Length == 0 ? text : _random.Next(text.Length) is var i ? $"{text[..i]}{(char)(text[i] ^ (1 << _random.Next(16)))}{text[(i + 1)..]}" : text;

    private byte[] FlipBit(byte[] bytes)
    {
        bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        return bytes;
    }

    private string Swap(string text)
    {
        if (text.Length < 2)
            return text;
        var letters = text.ToCharArray();
        var (i, j) = (_random.Next(letters.Length), _random.Next(letters.Length));
        (letters[i], letters[j]) = (letters[j], letters[i]);
        return new string(letters);
    }

    private string Truncate(string text) => _random.Next(text.Length + 1) is var i && _random.Next(2) == 0 ? text[..i] : text[i..];

    private string Repeat(string text)
    {
        var start = _random.Next(text.Length + 1);
        var length = _random.Next(Math.Min(text.Length - start, 200) + 1);
        return text.Insert(start, text.Substring(start, length));
    }

    // The last letter changes only in its lowest four bits, which may be unused.
    private string NextLetter(string part) =>
        part.Length == 0 || Base64UrlLetters.IndexOf(part[^1], StringComparison.Ordinal) is not (>= 0 and var i) ? part : part[..^1] + Base64UrlLetters[i ^ _random.Next(1, 16)];

    private byte[] RandomBytes()
    {
        var bytes = new byte[_random.Next(300)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static string SwapCase(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c));

    private static byte[] Bytes(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : Encoding.UTF8.GetBytes(part);

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private char Pick(string all) => all[_random.Next(all.Length)];
}
