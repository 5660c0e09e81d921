using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Parsing;

/// <summary>Tokens of up to a megabyte that are made to cost time or memory. The tests measure memory, because it does not depend on the load of the machine.</summary>
public sealed class HostileTokenTests
{
    private const int Megabyte = 1_048_576;

    private static readonly (string Name, Func<string> Token, TokenRejectionReason? Reason)[] _tokens =
    [
        ("dots", () => new string('.', Megabyte), Malformed),
        ("one letter", () => new string('A', Megabyte), Malformed),
        ("letters that are not JSON", () => $"{new string('A', 500_000)}.{new string('A', 500_000)}.AAAA", HeaderNotValid),
        ("opened arrays", () => WithPayload(new string('[', 700_000)), PayloadNotValid),
        ("opened objects", () => WithPayload(Repeat("{\"a\":", 140_000)), PayloadNotValid),
        ("a number of many digits", () => WithClaim($"{new string('9', 700_000)}"), SignatureNotValid),
        ("a number with a huge exponent", () => WithClaim("1e999999999"), SignatureNotValid),
        ("exp of many digits", () => Sign(TestToken.Payload.With("exp", new string('9', 700_000))), ClaimNotValid),
        ("seventy thousand names", () => WithClaim($"{{{string.Join(',', Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":1"))}}}"), SignatureNotValid),
        ("seventy thousand names, and the first again", () => WithClaim($"{{{string.Join(',', Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":1"))},\"0\":1}}"), PayloadNotValid),
        ("forty thousand names written with escapes", () => WithClaim($"{{{string.Join(',', Enumerable.Range(0, 40_000).Select(i => $"\"\\u0061{i}\":1"))}}}"), SignatureNotValid),
        ("seventy thousand claims before those that are read", () => WithClaims(string.Concat(Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":1,"))), SignatureNotValid),
        ("objects in arrays", () => WithClaim($"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 80_000))}]"), SignatureNotValid),
        ("surrogate pairs", () => WithClaim($"\"{Repeat("\\ud83d\\ude00", 60_000)}\""), SignatureNotValid),
        ("a long kid", () => TestToken.Create(TestToken.Header.WithText("kid", new string('k', 700_000)), TestToken.Payload), KeyNotFound),
        ("a long alg", () => TestToken.Create(TestToken.Header.WithText("alg", new string('R', 700_000)), TestToken.Payload), AlgorithmNotAllowed),
        ("a long issuer", () => Sign(TestToken.Payload.WithText("iss", TestToken.Issuer + new string('x', 700_000))), IssuerNotTrusted),
        ("a long client_id", () => Sign(TestToken.Payload.WithText("client_id", new string('x', 700_000))), ClientNotAllowed),
        ("a long signature", () => TestToken.Valid[..(TestToken.Valid.LastIndexOf('.') + 1)] + new string('A', 900_000), SignatureNotValid),
        ("three hundred thousand scopes", () => Sign(TestToken.Payload.WithText("scope", Repeat("a ", 300_000))), ScopeMissing),
        ("six hundred thousand spaces as scope", () => Sign(TestToken.Payload.WithText("scope", new string(' ', 600_000))), ScopeMissing),
    ];

    public static TheoryData<string> Names { get; } = [.. _tokens.Select(hostile => hostile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Memory_for_a_hostile_token_is_proportional_to_its_length(string name)
    {
        var (_, make, reason) = _tokens.Single(hostile => hostile.Name == name);
        var token = make();
        using var setup = new VerifierSetup(o =>
        {
            o.MaxTokenLength = Megabyte;
            o.AllOfScopes = ["orders/read"];
        });
        await setup.Verifier.LoadKeysAsync();
        // After this call, an unknown kid causes no download for some time. A download would allocate on another thread.
        await setup.VerifyAsync(TestToken.Create(TestToken.Header.WithText("kid", "unknown"), TestToken.Payload));
        setup.Verifier.VerifyWithHeldKeys(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = setup.Verifier.VerifyWithHeldKeys(token);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.NotNull(result);
        Assert.Equal(reason, result.Rejection?.Reason);
        Assert.InRange(result.ToString().Length, 1, 800);
        Assert.InRange(bytes, 0, 40 * Megabyte);
    }

    [Fact]
    public async Task Verification_of_a_token_that_is_too_long_allocates_only_its_verdict()
    {
        using var setup = new VerifierSetup();
        var token = new string('A', 10 * Megabyte);
        await setup.VerifyAsync(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = setup.Verifier.VerifyWithHeldKeys(token);

        Assert.Equal(TooLong, result!.Rejection!.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private static string WithClaims(string claims) => Forge($"{{{claims}{TestToken.Payload.ToString()[1..]}");

    private static string WithClaim(string value) => Forge(TestToken.Payload.With("x", value).ToString());

    private static string WithPayload(string payload) => Forge(payload);

    private static string Sign(RawObject payload) => TestToken.Create(payload);

    // Signed with a key that is not in the key set: Cognito would not sign such a token.
    private static string Forge(string payload) => TestToken.Create(TestToken.Header.ToString(), payload, TestKey.Attacker);

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
