using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using CognitoM2M.Verification.VerifiedTokens;
using CognitoM2M.Verification.Tests.Support;
using CognitoM2M.Verification.Tests.Verdicts;

namespace CognitoM2M.Verification.Tests.Diagnostics;

/// <summary>Runs every case, keeps all that comes out, and looks for the tokens in it.</summary>
public sealed class LeakTests
{
    [Fact]
    public async Task No_token_and_no_part_of_one_comes_out_anywhere()
    {
        var log = new Recorder();
        var output = new ConcurrentQueue<string>();
        foreach (var verdict in VerdictTable.Cases)
        {
            using var server = new KeySetServer(verdict.KeySet);
            using var verifier = new CognitoAccessTokenVerifier(verdict.Options(), log, server.CreateClient, new Testing.ManualClock());
            var result = await verifier.VerifyAsync(verdict.Token);
            foreach (var text in Views(result).Concat(Views(verifier)).Concat(verifier.KeySets.SelectMany(Views)))
                output.Enqueue(text);
            if (result.Rejection is { } rejection)
                Array.ForEach([.. Views(rejection), JsonSerializer.Serialize(rejection)], output.Enqueue);
            if (result.Claims is { } claims)
                Array.ForEach([.. Views(claims)], output.Enqueue);
        }

        var all = string.Join('\n', log.Lines.Concat(output));
        Assert.True(log.Lines.Count > 300 && output.Count > 1_000);
        // The signature is the secret; of header and payload, whole.
        Assert.All(
            VerdictTable.Cases.Select(verdict => verdict.Token.Split('.')).Where(parts => parts.Length >= 3),
            parts => Assert.All(parts.Where(part => part.Length > 40), part => Assert.False(all.Contains(part, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task What_remembers_a_token_does_not_show_it()
    {
        using var world = new World();
        var result = await world.Verifier.VerifyAsync(TestToken.Valid);

        var remembered = new VerifiedToken(TestToken.Valid, result, null!, null!);

        Assert.Equal("The access token is valid.", remembered.ToString());
        Assert.Equal("The access token is valid.", result.ToString());
    }

    [Fact]
    public async Task A_token_goes_nowhere()
    {
        using var world = new World();
        HttpRequestMessage? sent = null;
        world.Server.OnRequest = (request, _) =>
        {
            sent = request;
            return Task.FromResult(KeySetServer.Json(world.Server.KeySet));
        };

        await world.VerifyAsync(TestToken.Valid);

        Assert.Equal($"{TestToken.Issuer}/.well-known/jwks.json", sent!.RequestUri!.AbsoluteUri);
        Assert.Null(sent.Content);
        Assert.Equal("Accept: application/json", $"{sent.Headers}".Trim());
    }

    // All that a debugger or a logger shows without being asked to open a member.
    private static IEnumerable<string> Views(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "Payload").Select(property => $"{property.GetValue(value)}").Append(value.ToString()!);
}
