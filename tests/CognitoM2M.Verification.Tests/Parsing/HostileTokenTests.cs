using System.Text;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Parsing;

/// <summary>Tokens made to cost time or memory, a megabyte each. Memory is what is measured: it does not depend on how busy the machine is.</summary>
public sealed class HostileTokenTests
{
    private const int Megabyte = 1_048_576;

    private static readonly (string Name, Func<string> Token, TokenRejectionReason? Reason)[] _tokens =
    [
        ("dots", () => new string('.', Megabyte), Malformed),
        ("one letter", () => new string('A', Megabyte), Malformed),
        ("letters that are no JSON", () => $"{new string('A', 500_000)}.{new string('A', 500_000)}.AAAA", HeaderNotValid),
        ("opened arrays", () => OfPayload(new string('[', 700_000)), PayloadNotValid),
        ("opened objects", () => OfPayload(Repeat("{\"a\":", 140_000)), PayloadNotValid),
        ("a number of many digits", () => OfClaim($"{new string('9', 700_000)}"), SignatureNotValid),
        ("a number with a huge exponent", () => OfClaim("1e999999999"), SignatureNotValid),
        ("exp of many digits", () => Signed(TestToken.Payload.With("exp", new string('9', 700_000))), ClaimNotValid),
        ("seventy thousand names", () => OfClaim($"{{{string.Join(',', Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":1"))}}}"), SignatureNotValid),
        ("seventy thousand names, and the first again", () => OfClaim($"{{{string.Join(',', Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":1"))},\"0\":1}}"), PayloadNotValid),
        ("forty thousand names written with escapes", () => OfClaim($"{{{string.Join(',', Enumerable.Range(0, 40_000).Select(i => $"\"\\u0061{i}\":1"))}}}"), SignatureNotValid),
        ("seventy thousand claims before those that are read", () => Of(string.Concat(Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":1,"))), SignatureNotValid),
        ("objects in arrays", () => OfClaim($"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 80_000))}]"), SignatureNotValid),
        ("surrogate pairs", () => OfClaim($"\"{Repeat("\\ud83d\\ude00", 60_000)}\""), SignatureNotValid),
        ("a long kid", () => TestToken.Of(TestToken.Header.WithText("kid", new string('k', 700_000)), TestToken.Payload), KeyNotFound),
        ("a long alg", () => TestToken.Of(TestToken.Header.WithText("alg", new string('R', 700_000)), TestToken.Payload), AlgorithmNotAllowed),
        ("a long issuer", () => Signed(TestToken.Payload.WithText("iss", TestToken.Issuer + new string('x', 700_000))), IssuerNotTrusted),
        ("a long client_id", () => Signed(TestToken.Payload.WithText("client_id", new string('x', 700_000))), ClientNotAllowed),
        ("a long signature", () => TestToken.Valid[..(TestToken.Valid.LastIndexOf('.') + 1)] + new string('A', 900_000), SignatureNotValid),
        ("three hundred thousand scopes", () => Signed(TestToken.Payload.WithText("scope", Repeat("a ", 300_000))), ScopeMissing),
        ("six hundred thousand spaces as scope", () => Signed(TestToken.Payload.WithText("scope", new string(' ', 600_000))), ScopeMissing),
    ];

    public static TheoryData<string> Names { get; } = [.. _tokens.Select(hostile => hostile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_token_is_judged_in_memory_proportional_to_its_length(string name)
    {
        var (_, make, reason) = _tokens.Single(hostile => hostile.Name == name);
        var token = make();
        using var world = new World(o =>
        {
            o.MaxTokenLength = Megabyte;
            o.AllOfScopes = ["orders/read"];
        });
        await world.Verifier.LoadKeysAsync();
        // Else the unknown kid would be looked for, which takes another thread.
        await world.VerifyAsync(TestToken.Of(TestToken.Header.WithText("kid", "unknown"), TestToken.Payload));
        world.Verifier.TryVerify(token, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var judged = world.Verifier.TryVerify(token, out var result);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(judged);
        Assert.Equal(reason, result!.Rejection?.Reason);
        Assert.InRange(result.ToString().Length, 1, 800);
        Assert.InRange(bytes, 0, 40 * Megabyte);
    }

    [Fact]
    public async Task A_token_that_is_too_long_costs_nothing_but_its_verdict()
    {
        using var world = new World();
        var token = new string('A', 10 * Megabyte);
        await world.VerifyAsync(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        world.Verifier.TryVerify(token, out var result);

        Assert.Equal(TooLong, result!.Rejection!.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private static string Of(string claims) => Forged($"{{{claims}{TestToken.Payload.ToString()[1..]}");

    private static string OfClaim(string value) => Forged(TestToken.Payload.With("x", value).ToString());

    private static string OfPayload(string payload) => Forged(payload);

    private static string Signed(RawObject payload) => TestToken.Of(payload);

    // Nobody signs such a token for an attacker.
    private static string Forged(string payload) => TestToken.Of(TestToken.Header.ToString(), payload, TestKey.Attacker);

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
