using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Page;

public sealed class TokenJudgementTests : PageTest
{
    [Fact]
    public async Task A_token_of_a_service_is_valid_and_every_check_says_why()
    {
        var judged = await JudgeAsync(await GetAccessTokenAsync());

        Assert.True(judged["valid"]!.GetValue<bool>());
        Assert.Equal(Client.ClientId, judged["claims"]!["client_id"]!.GetValue<string>());
        Assert.Equal("RS256", judged["header"]!["alg"]!.GetValue<string>());
        Assert.Equal(
            [
                $"pass Signature Signed by user pool 'shop' ({Pool.Id}) with the key of access tokens.",
                $"pass Issuer {Pool.Issuer} is user pool 'shop' ({Pool.Id}).",
                "pass Expiry Expires in 60 minutes, at 2026-01-01 01:00:00 UTC.",
                "pass Issued 0 seconds ago, at 2026-01-01 00:00:00 UTC.",
                "pass Use It is an access token.",
                $"pass App client reporting ({Client.ClientId}).",
                "pass Scopes orders/read, orders/write.",
            ],
            ReadFindings(judged));
    }

    [Fact]
    public async Task The_value_of_the_header_Authorization_is_taken()
    {
        var judged = await JudgeAsync($"  bearer {await GetAccessTokenAsync()}\n");

        Assert.True(judged["valid"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_expired_token_is_rejected()
    {
        var token = await GetAccessTokenAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        var atItsEnd = await JudgeAsync(token);
        Clock.Advance(TimeSpan.FromMinutes(90));

        var judged = await JudgeAsync(token);

        Assert.False(atItsEnd["valid"]!.GetValue<bool>());
        Assert.Equal("fail Expiry Expired 90 minutes ago, at 2026-01-01 01:00:00 UTC.", FindFailure(judged));
    }

    [Theory]
    [InlineData("iss", "\"https://attacker.example\"", "Issuer")]
    [InlineData("token_use", "\"id\"", "Use")]
    [InlineData("token_use", "7", "Use")]
    [InlineData("token_use", null, "Use")]
    [InlineData("client_id", null, "App client")]
    [InlineData("exp", null, "Expiry")]
    [InlineData("exp", "\"1767229200\"", "Expiry")]
    [InlineData("exp", "-1", "Expiry")]
    [InlineData("exp", "9223372036854775807", "Expiry")]
    [InlineData("iat", "1767229200", "Issued")]
    [InlineData("nbf", "1767229200", "Not before")]
    [InlineData("nbf", "null", "Not before")]
    public async Task A_token_with_one_wrong_claim_is_rejected_for_that_claim(string claim, string? value, string check)
    {
        var claims = JwtReader.ReadPayload(await GetAccessTokenAsync());
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = JsonNode.Parse(value);

        var judged = await JudgeAsync(Pool.SignToken(claims));

        Assert.StartsWith($"fail {check} ", FindFailure(judged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_id", "\"deleted\"", "App client")]
    [InlineData("scope", "\"orders/read beta/x\"", "Scopes")]
    [InlineData("scope", null, "Scopes")]
    public async Task Finding_is_shown_as_a_note_if_the_token_is_still_valid(string claim, string? value, string check)
    {
        var claims = JwtReader.ReadPayload(await GetAccessTokenAsync());
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = JsonNode.Parse(value);

        var judged = await JudgeAsync(Pool.SignToken(claims));

        Assert.True(judged["valid"]!.GetValue<bool>());
        Assert.StartsWith($"note {check} ", ReadFindings(judged).Single(finding => !finding.StartsWith("pass", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_token_is_rejected()
    {
        var token = await GetAccessTokenAsync();
        var claims = JwtReader.ReadPayload(token);
        claims["scope"] = "orders/admin";
        var parts = token.Split('.');

        var changed = await JudgeAsync($"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}");
        var cut = await JudgeAsync($"{parts[0]}.{parts[1]}.");
        var unreadable = await JudgeAsync($"{parts[0]}.{parts[1]}.***");

        foreach (var judged in new[] { changed, cut, unreadable })
            Assert.Equal($"fail Signature The token names a key of user pool 'shop' ({Pool.Id}), but the signature does not match. The token was changed.", FindFailure(judged));
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"x"}""", "The algorithm is none. Cognito signs with RS256 only.")]
    [InlineData("""{"kid":"x"}""", "The algorithm is missing. Cognito signs with RS256 only.")]
    [InlineData("""{"alg":"RS256"}""", "The header names no key (kid).")]
    [InlineData("""{"alg":"RS256","kid":"x"}""", "No user pool publishes the key that the header names (kid). The key was withdrawn, or the token is not of this emulator.")]
    public async Task A_header_that_names_no_key_of_the_emulator_is_rejected(string header, string text)
    {
        var parts = (await GetAccessTokenAsync()).Split('.');

        var judged = await JudgeAsync($"{Encode(header)}.{parts[1]}.{parts[2]}");

        Assert.Equal($"fail Signature {text}", FindFailure(judged));
    }

    [Theory]
    [InlineData("", "A token has three parts with a dot between them. This text has 1.")]
    [InlineData("a.b", "A token has three parts with a dot between them. This text has 2.")]
    [InlineData("a.b.c.d.e", "A token has three parts with a dot between them. This text has 5.")]
    [InlineData("***.e30.", "The first part is not a JSON object in Base64Url.")]
    [InlineData("e30.W10.", "The second part is not a JSON object in Base64Url.")]
    [InlineData("e30.eyJhIjoxLCJhIjoyfQ.", "The second part is not a JSON object in Base64Url.")]
    public async Task A_text_that_is_no_token_is_rejected_for_its_form(string text, string reason)
    {
        var judged = await JudgeAsync(text);

        Assert.Equal([$"fail Form {reason}"], ReadFindings(judged));
        Assert.Null(judged["claims"]);
    }

    [Fact]
    public async Task A_token_that_was_issued_on_the_page_has_the_scopes_of_the_app_client()
    {
        var issued = await ActAsync("token/issue", new JsonObject { ["clientId"] = Client.ClientId });

        Assert.True(issued["valid"]!.GetValue<bool>());
        Assert.Equal("orders/read orders/write", JwtReader.ReadPayload(issued["token"]!.GetValue<string>())["scope"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_token_of_a_service_is_shown_to_a_page_that_waits_for_it(bool byApi)
    {
        var first = ActAsync("token/next", []);
        var second = ActAsync("token/next", []);

        // The emulator may not have read the requests of the page yet, so services go on asking.
        while (!first.IsCompleted || !second.IsCompleted)
        {
            using var response = byApi ? await GetClientTokenAsync() : await PostTokenAsync();
        }

        Assert.True((await first)["valid"]!.GetValue<bool>());
        Assert.Equal(Client.ClientId, (await second)["claims"]!["client_id"]!.GetValue<string>());
    }

    private Task<JsonObject> JudgeAsync(string token) => ActAsync("token/check", new JsonObject { ["token"] = token });

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string FindFailure(JsonObject judged)
    {
        Assert.False(judged["valid"]!.GetValue<bool>());
        return ReadFindings(judged).Single(finding => finding.StartsWith("fail", StringComparison.Ordinal));
    }

    private static List<string> ReadFindings(JsonObject judged) =>
        [.. judged["findings"]!.AsArray().Select(finding => $"{finding!["outcome"]} {finding["check"]} {finding["text"]}")];
}
