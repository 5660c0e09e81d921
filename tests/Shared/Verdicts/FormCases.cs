using System.Text;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>The token as text: parts, base64url, length.</summary>
internal sealed class FormCases(TokenTemplate of)
{
    public IEnumerable<VerdictCase> All()
    {
        var valid = of.Valid;
        var parts = valid.Split('.');
        var (header, payload, signature) = (parts[0], parts[1], parts[2]);

        yield return new("form: as Cognito writes it", valid, null);
        yield return new("form: empty", "", Missing);

        foreach (var (name, token) in new[]
        {
            ("one part", header),
            ("two parts", $"{header}.{payload}"),
            ("four parts", $"{valid}.{signature}"),
            ("a dot at the end", $"{valid}."),
            ("a dot at the start", $".{valid}"),
            ("five parts, as an encrypted token has", $"{header}.{payload}.{signature}.{signature}.{signature}"),
            ("dots alone", ".."),
            ("ten thousand dots", new string('.', 10_000)),
            ("no header", $".{payload}.{signature}"),
            ("no payload", $"{header}..{signature}"),
            ("a space at the start", $" {valid}"),
            ("a space at the end", $"{valid} "),
            ("a line feed at the end", $"{valid}\n"),
            ("a line feed in the header", $"{header[..8]}\n{header[8..]}.{payload}.{signature}"),
            ("a space in the payload", $"{header}.{payload[..8]} {payload[8..]}.{signature}"),
            ("a tab in the signature", $"{header}.{payload}.{signature[..8]}\t{signature[8..]}"),
            ("a NUL at the end", $"{valid}\0"),
            ("with the scheme before it", $"Bearer {valid}"),
            ("in quotes", $"\"{valid}\""),
            ("dots written as %2E", valid.Replace(".", "%2E", StringComparison.Ordinal)),
            ("a full-width letter in the signature", $"{header}.{payload}.{signature[..8]}\uFF21{signature[9..]}"),
            ("two tokens in a row", $"{valid}{valid}"),
            ("two tokens with a comma between", $"{valid},{valid}"),
            ("as a JSON object with a signature (RFC 7515, section 7.2)", $$"""{"protected":"{{header}}","payload":"{{payload}}","signature":"{{signature}}"}"""),
            ("three more letters in the signature, which make its length impossible", $"{header}.{payload}.{signature}AAA"),
        })
        {
            yield return new VerdictCase($"form: {name}", token, Malformed)
                .Stricter("skips white space in a signature", jose: name is "a space at the end" or "a line feed at the end" or "a tab in the signature");
        }

        yield return Padded("form: padding after the header", PaddedToken(padHeader: true, padPayload: false));
        yield return Padded("form: padding after the payload", PaddedToken(padHeader: false, padPayload: true));
        yield return Padded("form: padding after the signature", $"{valid}==");

        var (plain, standard) = SignatureWithSpecialCharacters();
        yield return new("form: a signature with both special characters of base64url", plain, null);
        yield return new("form: a signature in the alphabet of base64", standard, Malformed);

        yield return new VerdictCase("form: unused bits set in the signature", NextLetter(valid), Malformed)
            .Stricter("ignores unused bits, so that one signature has sixteen spellings", awsJwtVerify: true, jose: true);
        yield return new VerdictCase("form: unused bits set in the payload, and signed", SetUnusedBits(inHeader: false), Malformed)
            .Stricter("ignores unused bits", awsJwtVerify: true, jose: true);
        yield return new VerdictCase("form: unused bits set in the header, and signed", SetUnusedBits(inHeader: true), Malformed)
            .Stricter("ignores unused bits", awsJwtVerify: true, jose: true);

        yield return new("form: of the maximum length", OfLength(16_384), null);
        yield return new VerdictCase("form: one character too long", OfLength(16_385), TooLong)
            .Stricter("sets no limit, or a higher one", awsJwtVerify: true, jose: true);
    }

    private static VerdictCase Padded(string name, string token) => new VerdictCase(name, token, Malformed)
        .Stricter("accepts padding, which RFC 7515 forbids, so that a token has several spellings", awsJwtVerify: true, jose: true);

    private string PaddedToken(bool padHeader, bool padPayload)
    {
        var header = PadToUnusedBits(TestToken.Header);
        var payload = PadToUnusedBits(of.Payload);
        return TestToken.AppendSignature($"{Part(header, padHeader)}.{Part(payload, padPayload)}", TestKey.Access.Sign);

        static string Part(string json, bool pad) => TestToken.Encode(json) + (pad ? "==" : "");
    }

    /// <summary>JSON whose base64url ends with a letter that has four unused bits.</summary>
    private static string PadToUnusedBits(RawObject json)
    {
        var text = json.ToString();
        while (Encoding.UTF8.GetByteCount(text) % 3 != 1)
            text += ' ';
        return text;
    }

    private string SetUnusedBits(bool inHeader)
    {
        var header = TestToken.Encode(PadToUnusedBits(TestToken.Header));
        var payload = TestToken.Encode(PadToUnusedBits(of.Payload));
        return TestToken.AppendSignature(inHeader ? $"{NextLetter(header)}.{payload}" : $"{header}.{NextLetter(payload)}", TestKey.Access.Sign);
    }

    // If the last letter has unused bits, the next letter of the alphabet differs from it in such a bit.
    private static string NextLetter(string text) => text[..^1] + (char)(text[^1] + 1);

    private (string Plain, string Standard) SignatureWithSpecialCharacters()
    {
        for (var i = 0; ; i++)
        {
            var token = TestToken.Create(of.Payload.WithNumber("n", i));
            var signature = token[(token.LastIndexOf('.') + 1)..];
            if (signature.Contains('-', StringComparison.Ordinal) && signature.Contains('_', StringComparison.Ordinal))
                return (token, token[..^signature.Length] + signature.Replace('-', '+').Replace('_', '/'));
        }
    }

    private string OfLength(int characters)
    {
        // Not every length is possible for base64url. A longer header makes up the difference.
        for (var padding = 0; padding < 4; padding++)
        {
            var header = TestToken.Header.With("x", $"\"{new string('x', padding)}\"");
            var rest = characters - TestToken.Create(header, of.Payload.With("pad", "\"\"")).Length;
            for (var filling = (rest * 3 / 4) - 4; filling <= (rest * 3 / 4) + 4; filling++)
            {
                var token = TestToken.Create(header, of.Payload.With("pad", $"\"{new string('p', filling)}\""));
                if (token.Length == characters)
                    return token;
            }
        }

        throw new InvalidOperationException("No token is as long as that.");
    }
}
