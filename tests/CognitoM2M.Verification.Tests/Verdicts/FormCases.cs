using System.Text;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>The token as text: parts, base64url, length.</summary>
internal static class FormCases
{
    public static IEnumerable<VerdictCase> All()
    {
        var valid = TestToken.Valid;
        var parts = valid.Split('.');
        var (header, payload, signature) = (parts[0], parts[1], parts[2]);

        yield return new("form: as Cognito writes it", valid, null);
        yield return new("form: empty", "", Missing);

        foreach (var (name, token) in new[]
        {
            ("one part", header),
            ("two parts", $"{header}.{payload}"),
            ("four parts", $"{valid}.{signature}"),
            ("a dot behind", $"{valid}."),
            ("a dot in front", $".{valid}"),
            ("five parts, as an encrypted token has", $"{header}.{payload}.{signature}.{signature}.{signature}"),
            ("dots alone", ".."),
            ("ten thousand dots", new string('.', 10_000)),
            ("no header", $".{payload}.{signature}"),
            ("no payload", $"{header}..{signature}"),
            ("a space in front", $" {valid}"),
            ("a space behind", $"{valid} "),
            ("a line feed behind", $"{valid}\n"),
            ("a line feed in the header", $"{header[..8]}\n{header[8..]}.{payload}.{signature}"),
            ("a space in the payload", $"{header}.{payload[..8]} {payload[8..]}.{signature}"),
            ("a tab in the signature", $"{header}.{payload}.{signature[..8]}\t{signature[8..]}"),
            ("a NUL behind", $"{valid}\0"),
            ("with the scheme in front", $"Bearer {valid}"),
            ("in quotes", $"\"{valid}\""),
            ("dots written as %2E", valid.Replace(".", "%2E", StringComparison.Ordinal)),
            ("a full-width letter in the signature", $"{header}.{payload}.{signature[..8]}\uFF21{signature[9..]}"),
            ("two tokens in a row", $"{valid}{valid}"),
            ("two tokens with a comma between", $"{valid},{valid}"),
            ("as a JSON object with a signature (RFC 7515, section 7.2)", $$"""{"protected":"{{header}}","payload":"{{payload}}","signature":"{{signature}}"}"""),
            ("one letter more in the signature, which no bytes have", $"{header}.{payload}.{signature}AAA"),
        })
        {
            yield return new VerdictCase($"form: {name}", token, Malformed)
                .Stricter("skips white space in a signature", jose: name is "a space behind" or "a line feed behind" or "a tab in the signature");
        }

        yield return Padded("form: padding behind the header", PaddedToken(padHeader: true, padPayload: false));
        yield return Padded("form: padding behind the payload", PaddedToken(padHeader: false, padPayload: true));
        yield return Padded("form: padding behind the signature", $"{valid}==");

        var (plain, standard) = SignatureWithSpecialCharacters();
        yield return new("form: a signature with both special characters of base64url", plain, null);
        yield return new("form: a signature in the alphabet of base64", standard, Malformed);

        yield return new VerdictCase("form: bits left over in the signature", NextLetter(valid), Malformed)
            .Stricter("drops the bits, so that one signature has sixteen spellings", awsJwtVerify: true, jose: true);
        yield return new VerdictCase("form: bits left over in the payload, signed so", LeftOver(inHeader: false), Malformed)
            .Stricter("drops the bits", awsJwtVerify: true, jose: true);
        yield return new VerdictCase("form: bits left over in the header, signed so", LeftOver(inHeader: true), Malformed)
            .Stricter("drops the bits", awsJwtVerify: true, jose: true);

        yield return new("form: as long as may be", OfLength(16_384), null);
        yield return new VerdictCase("form: one character too long", OfLength(16_385), TooLong)
            .Stricter("sets no limit, or a higher one", awsJwtVerify: true, jose: true);
    }

    private static VerdictCase Padded(string name, string token) => new VerdictCase(name, token, Malformed)
        .Stricter("takes padding, which RFC 7515 forbids, so that a token has several spellings", awsJwtVerify: true, jose: true);

    private static string PaddedToken(bool padHeader, bool padPayload)
    {
        var header = WithBytesLeft(TestToken.Header);
        var payload = WithBytesLeft(TestToken.Payload);
        return TestToken.AppendSignature($"{Part(header, padHeader)}.{Part(payload, padPayload)}", TestKey.Access.Sign);

        static string Part(string json, bool pad) => TestToken.Encode(json) + (pad ? "==" : "");
    }

    /// <summary>JSON whose base64url ends with a letter that holds four bits too many.</summary>
    private static string WithBytesLeft(RawObject json)
    {
        var text = json.ToString();
        while (Encoding.UTF8.GetByteCount(text) % 3 != 1)
            text += ' ';
        return text;
    }

    private static string LeftOver(bool inHeader)
    {
        var header = TestToken.Encode(WithBytesLeft(TestToken.Header));
        var payload = TestToken.Encode(WithBytesLeft(TestToken.Payload));
        return TestToken.AppendSignature(inHeader ? $"{NextLetter(header)}.{payload}" : $"{header}.{NextLetter(payload)}", TestKey.Access.Sign);
    }

    // Of a last letter that holds two bits the next one differs in a bit that no byte takes.
    private static string NextLetter(string text) => text[..^1] + (char)(text[^1] + 1);

    private static (string Plain, string Standard) SignatureWithSpecialCharacters()
    {
        for (var i = 0; ; i++)
        {
            var token = TestToken.Create(TestToken.Payload.WithNumber("n", i));
            var signature = token[(token.LastIndexOf('.') + 1)..];
            if (signature.Contains('-', StringComparison.Ordinal) && signature.Contains('_', StringComparison.Ordinal))
                return (token, token[..^signature.Length] + signature.Replace('-', '+').Replace('_', '/'));
        }
    }

    private static string OfLength(int characters)
    {
        // Base64url has no text of every length; the header makes up for what is missing.
        for (var padding = 0; padding < 4; padding++)
        {
            var header = TestToken.Header.With("x", $"\"{new string('x', padding)}\"");
            var rest = characters - TestToken.Create(header, TestToken.Payload.With("pad", "\"\"")).Length;
            for (var filling = (rest * 3 / 4) - 4; filling <= (rest * 3 / 4) + 4; filling++)
            {
                var token = TestToken.Create(header, TestToken.Payload.With("pad", $"\"{new string('p', filling)}\""));
                if (token.Length == characters)
                    return token;
            }
        }

        throw new InvalidOperationException("No token is as long as that.");
    }
}
