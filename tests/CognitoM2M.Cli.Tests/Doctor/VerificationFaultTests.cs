using System.Buffers.Text;
using System.Text;
using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>Cognito issues a token, and one thing about its verification is wrong.</summary>
public sealed class VerificationFaultTests : DoctorTestBase
{
    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Key_set_that_cannot_be_read_is_reported(int status)
    {
        await ApplyAsync();
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, EmulatorFault.Html(status));

        var run = await ExamineAsync();

        AssertFirstFailed(run, "key-set", ExitCode.Unreachable);
        Assert.Contains($"status {status}", FindingOf(run, "key-set"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_page_in_place_of_a_key_set_is_reported()
    {
        await ApplyAsync();
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, EmulatorFault.Html(200));

        AssertFirstFailed(await ExamineAsync(), "key-set", ExitCode.Unreachable);
    }

    [Fact]
    public async Task Token_of_another_user_pool_is_reported()
    {
        await ApplyAsync();
        var other = Cognito.CreateUserPool("other");

        var run = await ExamineAsync("--user-pool-id", other.Id);

        AssertFirstFailed(run, "issuer", ExitCode.Failed);
        Assert.Equal("skipped", VerdictOf(run, "verification"));
    }

    [Fact]
    public async Task Key_set_of_another_user_pool_is_reported()
    {
        await ApplyAsync();
        var other = Cognito.CreateUserPool("other");

        var run = await ExamineAsync("--jwks", other.JwksUri.ToString());

        AssertFirstFailed(run, "verification", ExitCode.Failed);
        Assert.Contains("(KeyNotFound)", FindingOf(run, "verification"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_set_from_a_file_is_used()
    {
        await ApplyAsync();
        using var http = new HttpClient();
        Write(PathOf("jwks.json"), await http.GetStringAsync(Cognito.UserPools[0].JwksUri));
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, EmulatorFault.Drop());

        Assert.Equal(ExitCode.Success, (await ExamineAsync("--jwks", PathOf("jwks.json"))).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("no JSON")]
    public async Task Key_set_file_that_is_missing_or_no_key_set_is_a_wrong_setting(string? content)
    {
        await ApplyAsync();
        if (content is not null)
            Write(PathOf("jwks.json"), content);

        AssertFirstFailed(await ExamineAsync("--jwks", PathOf("jwks.json")), "settings", ExitCode.InvalidFile);
        Assert.Equal(0, Cognito.TokenRequests.IssuedTokens);
    }

    [Fact]
    public async Task Token_whose_issuer_is_not_an_address_is_rejected_and_no_discovery_document_is_requested()
    {
        await using var server = new RawServer(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? RawServer.Respond(405)
            : RawServer.RespondJson(200, $$"""{"access_token":"{{Encode("""{"alg":"RS256","kid":"a"}""")}}.{{Encode("""{"iss":"no address"}""")}}.AAAA","expires_in":3600,"token_type":"Bearer"}"""));
        Variables.Remove("AWS_ENDPOINT_URL");
        WriteSection($"http://127.0.0.1:{server.Port}/oauth2/token");

        var run = await ExamineAsync("--user-pool-id", "eu-west-1_AbCdEf123", "--report");

        AssertFirstFailed(run, "scopes", ExitCode.Refused);
        Assert.Equal("failed", VerdictOf(run, "issuer"));
        Assert.DoesNotContain(server.Requests, request => request.Contains("openid-configuration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_that_is_not_a_JWT_is_reported()
    {
        await using var server = new RawServer(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? RawServer.Respond(405)
            : RawServer.RespondJson(200, """{"access_token":"opaque0token0of0a0proxy","expires_in":3600,"token_type":"Bearer"}"""));
        WriteSection($"http://127.0.0.1:{server.Port}/oauth2/token", more: ", \"Scopes\": [\"orders/read\"]");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "key-set", ExitCode.Unreachable);
        Assert.DoesNotContain("opaque0token0of0a0proxy", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issuer_of_an_emulator_with_a_loopback_issuer_is_accepted()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new() { Issuer = EmulatedIssuer.Loopback });
        var pool = cognito.CreateUserPool("shop");
        pool.CreateResourceServer("orders", "read");
        var client = pool.CreateAppClient("billing", "orders/read");
        Variables["AWS_ENDPOINT_URL"] = cognito.BaseAddress.ToString();
        WriteSection(cognito.TokenEndpoint.ToString(), client.ClientId, client.ClientSecret!);

        Assert.Equal(ExitCode.Success, (await ExamineAsync("--user-pool-id", pool.Id)).Code);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
