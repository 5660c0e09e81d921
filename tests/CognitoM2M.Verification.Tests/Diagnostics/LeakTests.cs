using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Diagnostics;

/// <summary>Verifies every case of the verdict table, collects all output, and searches it for the tokens.</summary>
public sealed class LeakTests
{
    [Fact]
    public async Task No_part_of_a_token_appears_in_logs_or_results()
    {
        var log = new LogRecorder();
        var output = new ConcurrentQueue<string>();
        foreach (var verdict in VerdictTable.Cases)
        {
            using var server = new KeySetServer(verdict.KeySet);
            using var verifier = new CognitoAccessTokenVerifier(verdict.CreateOptions(), log, server.CreateClient, new ManualClock());
            var result = await verifier.VerifyAsync(verdict.Token);
            foreach (var text in ShowMembers(result).Concat(ShowMembers(verifier)).Concat(verifier.KeySets.SelectMany(ShowMembers)))
                output.Enqueue(text);
            if (result.Rejection is { } rejection)
                Array.ForEach([.. ShowMembers(rejection), JsonSerializer.Serialize(rejection)], output.Enqueue);
            if (result.Claims is { } claims)
                Array.ForEach([.. ShowMembers(claims)], output.Enqueue);
        }

        var all = string.Join('\n', log.Lines.Concat(output));
        Assert.True(log.Lines.Count > 300 && output.Count > 1_000);
        // Values of single claims may appear, but no part of a token as a whole.
        Assert.All(
            VerdictTable.Cases.Select(verdict => verdict.Token.Split('.')).Where(parts => parts.Length >= 3),
            parts => Assert.All(parts.Where(part => part.Length > 40), part => Assert.False(all.Contains(part, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Text_of_a_verdict_does_not_show_the_token()
    {
        using var setup = new VerifierSetup();

        var result = await setup.Verifier.VerifyAsync(TestToken.Valid);

        Assert.Equal("The token is valid.", result.ToString());
    }

    [Fact]
    public async Task Download_of_keys_does_not_send_the_token()
    {
        using var setup = new VerifierSetup();
        HttpRequestMessage? sent = null;
        setup.Server.OnRequest = (request, _) =>
        {
            sent = request;
            return Task.FromResult(KeySetServer.CreateResponse(setup.Server.KeySet));
        };

        await setup.VerifyAsync(TestToken.Valid);

        Assert.Equal($"{TestToken.Issuer}/.well-known/jwks.json", sent!.RequestUri!.AbsoluteUri);
        Assert.Null(sent.Content);
        Assert.Equal("Accept: application/json", $"{sent.Headers}".Trim());
    }

    // What a debugger or a logger shows of an object.
    private static IEnumerable<string> ShowMembers(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "Payload").Select(property => $"{property.GetValue(value)}").Append(value.ToString()!);
}
