using System.Text;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Header and payload as JSON. All of these tokens are signed with the key of the user pool.</summary>
internal sealed class JsonCases(TokenTemplate of)
{
    private const string LastWins = "uses the last of two members with the same name, while another reader may use the first";

    public IEnumerable<VerdictCase> All()
    {
        foreach (var (name, text) in new[]
        {
            ("text", "eyJ"), ("an array", "[]"), ("a string", "\"RS256\""), ("a number", "1"), ("null", "null"), ("true", "true"), ("nothing but a space", " "),
            ("in single quotes", "{'alg':'RS256'}"), ("cut short", """{"alg":"RS256","kid":"access-key" """),
        })
        {
            yield return new($"json: the header is {name}", TestToken.Create(text, of.Payload.ToString()), HeaderNotValid);
            yield return new($"json: the payload is {name}", TestToken.Create(TestToken.Header.ToString(), text), PayloadNotValid);
        }

        var (header, payload) = ($"{TestToken.Header}", $"{of.Payload}");
        foreach (var (name, change) in new (string, Func<string, string>)[]
        {
            ("more text after the object", json => $"{json}x"),
            ("a second object after the first", json => json + json),
            ("one comma too many", json => $"{json[..^1]},}}"),
            ("a comment", json => $"/* */{json}"),
            ("NaN as a number", json => $"{json[..^1]},\"n\":NaN}}"),
            ("a number with a leading zero", json => $"{json[..^1]},\"n\":01}}"),
            ("a raw line feed in a string", json => $"{json[..^1]},\"n\":\"\n\"}}"),
        })
        {
            yield return new($"json: {name}, header", TestToken.Create(change(header), payload), HeaderNotValid);
            yield return new($"json: {name}, payload", TestToken.Create(header, change(payload)), PayloadNotValid);
        }

        var (headerBytes, payloadBytes) = (Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));
        yield return new("json: a header in UTF-16", TestToken.Create(Encoding.Unicode.GetBytes(header), payloadBytes), HeaderNotValid);
        yield return new("json: a payload in UTF-16", TestToken.Create(headerBytes, Encoding.Unicode.GetBytes(payload)), PayloadNotValid);
        yield return new VerdictCase("json: a byte order mark before the header", TestToken.Create([0xEF, 0xBB, 0xBF, .. headerBytes], payloadBytes), HeaderNotValid)
            .Stricter("skips a byte order mark, which RFC 8259 permits", jose: true);
        yield return new VerdictCase("json: a byte order mark before the payload", TestToken.Create(headerBytes, [0xEF, 0xBB, 0xBF, .. payloadBytes]), PayloadNotValid)
            .Stricter("skips a byte order mark, which RFC 8259 permits", jose: true);
        yield return new VerdictCase(
            "json: bytes that are not UTF-8 in the header", TestToken.Create([.. headerBytes[..^1], .. ",\"x\":\""u8, 0xFF, .. "\"}"u8], payloadBytes), HeaderNotValid)
            .Stricter("reads such bytes as replacement characters", awsJwtVerify: true);
        yield return new VerdictCase(
            "json: bytes that are not UTF-8 in the payload", TestToken.Create(headerBytes, [.. payloadBytes[..^1], .. ",\"x\":\""u8, 0xC0, 0xAF, .. "\"}"u8]), PayloadNotValid)
            .Stricter("reads such bytes as replacement characters", awsJwtVerify: true);
        yield return new("json: white space around", TestToken.Create($" \r\n{header}\t", $"\n{payload} "), null);
        yield return new("json: slashes of the issuer escaped", TestToken.Create(header, payload.Replace("/", "\\/", StringComparison.Ordinal)), null);
        yield return new("json: names escaped", TestToken.Create(header.Replace("alg", "\\u0061lg", StringComparison.Ordinal), payload.Replace("iss", "\\u0069s\\u0073", StringComparison.Ordinal)), null);

        foreach (var verdict in DuplicateNames())
            yield return verdict.Stricter(LastWins, awsJwtVerify: true, jose: true);
        foreach (var (first, second) in new[] { ("access", "id"), ("id", "access"), ("access", "access"), ("id", "id") })
        {
            var twice = of.Payload.WithText("token_use", first).Append("token_use", $"\"{second}\"");
            yield return new VerdictCase($"json: token_use twice, '{first}' and '{second}'", TestToken.Create(twice), PayloadNotValid)
                .Stricter(LastWins, awsJwtVerify: second == "access", jose: second == "access");
        }

        yield return new("json: names that differ in case", TestToken.Create(TestToken.Header.Append("Alg", "\"none\""), of.Payload.Append("Iss", "\"x\"")), null);

        const string Half = "accepts half a surrogate pair, which every library reads in its own way";
        yield return new VerdictCase("json: half a surrogate pair in the header", TestToken.Create(TestToken.Header.Append("x", "\"\\ud83d\""), of.Payload), HeaderNotValid)
            .Stricter(Half, awsJwtVerify: true, jose: true);
        yield return new VerdictCase("json: half a surrogate pair in the payload", TestToken.Create(of.Payload.Append("x", "[{\"y\":\"\\uDE00x\"}]")), PayloadNotValid)
            .Stricter(Half, awsJwtVerify: true, jose: true);
        yield return new VerdictCase("json: half a surrogate pair in a name", TestToken.Create(of.Payload.Append("\\uD83d", "1")), PayloadNotValid)
            .Stricter(Half, awsJwtVerify: true, jose: true);
        yield return new("json: a whole surrogate pair", TestToken.Create(of.Payload.Append("x", "\"\\ud83d\\ude00\"").Append("\\ud83d\\ude00", "1")), null);
        yield return new("json: text of many scripts", TestToken.Create(of.Payload.Append("name", "\"Zoë Ångström 日本語 😀 \\u0000\"")), null);

        yield return new("json: sixty objects deep", TestToken.Create(of.Payload.Append("x", Deep(60))), null);
        yield return new VerdictCase("json: a hundred objects deep", TestToken.Create(of.Payload.Append("x", Deep(100))), PayloadNotValid)
            .Stricter("accepts deeper nesting", awsJwtVerify: true, jose: true);
        yield return new("json: a hundred arrays deep, header", TestToken.Create(TestToken.Header.Append("x", new string('[', 100)), of.Payload), HeaderNotValid);

        yield return new("json: unknown claims", TestToken.Create(of.Payload
            .With("cognito:groups", "[\"a\",\"b\"]").Append("address", "{\"street\":{\"no\":[1,2.5,null,true]}}").Append("device_key", "null").With("username", "\"u\"")), null);
        yield return new("json: a claim named __proto__", TestToken.Create(of.Payload.Append("__proto__", "{\"client_id\":\"x\"}").Append("constructor", "1")), null);
        yield return new("json: no claims at all", TestToken.Create(TestToken.Header.ToString(), "{}"), ClaimNotValid);
        yield return new("json: no header at all", TestToken.Create("{}", of.Payload.ToString()), AlgorithmNotAllowed);
    }

    private IEnumerable<VerdictCase> DuplicateNames()
    {
        var (header, payload) = (TestToken.Header, of.Payload);
        yield return new("json: alg twice", TestToken.Create(header.Append("alg", "\"RS256\""), payload), HeaderNotValid);
        yield return new("json: alg twice, none at first", TestToken.Create(header.Prepend("alg", "\"none\""), payload), HeaderNotValid);
        yield return new("json: alg twice, once with an escape", TestToken.Create(header.Prepend("\\u0061lg", "\"none\""), payload), HeaderNotValid);
        yield return new("json: kid twice", TestToken.Create(header.Prepend("kid", "\"next-key\""), payload), HeaderNotValid);
        yield return new("json: a nested name twice, header", TestToken.Create(header.Append("x", "{\"a\":1,\"a\":2}"), payload), HeaderNotValid);
        yield return new("json: iss twice", TestToken.Create(payload.Prepend("iss", "\"https://evil.example\"")), PayloadNotValid);
        yield return new("json: exp twice", TestToken.Create(payload.Prepend("exp", "1")), PayloadNotValid);
        var (client, escaped) = (of.ClientClaim, $"\\u{(int)of.ClientClaim[0]:x4}{of.ClientClaim[1..]}");
        yield return new($"json: {client} twice", TestToken.Create(payload.Prepend(client, "\"other\"")), PayloadNotValid);
        yield return new($"json: {client} twice, once with an escape", TestToken.Create(payload.Prepend(escaped, "\"other\"")), PayloadNotValid);
        yield return new("json: scope twice, with one value", TestToken.Create(payload.Without("scope").Append("scope", "\"orders/read\"").Append("scope", "\"orders/read\"")), PayloadNotValid);
        yield return new("json: an unknown claim twice", TestToken.Create(payload.Append("x", "1").Append("x", "1")), PayloadNotValid);
        yield return new("json: a nested name twice, payload", TestToken.Create(payload.Append("x", "{\"a\":1,\"b\":2,\"a\":3}")), PayloadNotValid);
        yield return new("json: a name twice in an object in an array", TestToken.Create(payload.Append("x", "[1,{\"y\":[{\"a\":1,\"\\u0061\":3}]}]")), PayloadNotValid);
        yield return new("json: the empty name twice", TestToken.Create(payload.Append("", "1").Append("", "2")), PayloadNotValid);
    }

    private static string Deep(int levels) => string.Concat(Enumerable.Repeat("{\"x\":", levels)) + "1" + new string('}', levels);
}
