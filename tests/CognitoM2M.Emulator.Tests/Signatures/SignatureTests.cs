using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Emulator.Tests.Signatures;

public sealed class SignatureTests : EmulatorTest
{
    private const string AccessKeyId = "AKIDEXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Body = """{"MaxResults":1}""";

    private protected override CognitoEmulatorOptions Options =>
        new() { TimeProvider = Clock, RequiredCredentials = new EmulatorCredentials(AccessKeyId, SecretAccessKey) };

    [Fact]
    public async Task Signed_request_is_served() => Assert.Null(await GetErrorAsync(CreateSignedRequest(Body)));

    [Fact]
    public async Task Unsigned_request_is_refused() =>
        await AssertRefusedAsync("MissingAuthenticationTokenException", "ListUserPools", new { MaxResults = 1 });

    [Theory]
    [InlineData("Basic abc")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=0")]
    public async Task Malformed_authorization_header_gets_IncompleteSignatureException(string authorization)
    {
        var request = CreateSignedRequest(Body);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal("IncompleteSignatureException", await GetErrorAsync(request));
    }

    [Fact]
    public async Task Unknown_access_key_is_refused() =>
        Assert.Equal("UnrecognizedClientException", await GetErrorAsync(CreateSignedRequest(Body, accessKeyId: "AKIDOTHER")));

    [Fact]
    public async Task Signature_with_a_wrong_secret_is_refused() =>
        Assert.Equal("InvalidSignatureException", await GetErrorAsync(CreateSignedRequest(Body, secretAccessKey: "other")));

    [Fact]
    public async Task Body_that_was_changed_after_signing_is_refused()
    {
        var request = CreateSignedRequest(Body);
        request.Content = CreateContent("""{"MaxResults":2}""");

        Assert.Equal("InvalidSignatureException", await GetErrorAsync(request));
    }

    [Fact]
    public async Task Signature_older_than_five_minutes_is_refused()
    {
        var request = CreateSignedRequest(Body);
        Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("InvalidSignatureException", await GetErrorAsync(request));
    }

    [Theory]
    [InlineData("InitiateAuth")]
    [InlineData("RespondToAuthChallenge")]
    [InlineData("GetTokensFromRefreshToken")]
    [InlineData("GetUser")]
    [InlineData("GlobalSignOut")]
    [InlineData("RevokeToken")]
    public async Task Operations_of_users_need_no_signature(string operation)
    {
        // The input is checked after the signature.
        await AssertRefusedAsync("InvalidParameterException", operation, new { });
    }

    [Fact]
    public async Task GetClientToken_needs_no_signature()
    {
        using var response = await GetClientTokenAsync();

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public void Credentials_do_not_show_their_secret()
    {
        Assert.Equal(AccessKeyId, new EmulatorCredentials(AccessKeyId, SecretAccessKey).ToString());
        Assert.ThrowsAny<ArgumentException>(() => new EmulatorCredentials("", "x"));
        Assert.ThrowsAny<ArgumentException>(() => new EmulatorCredentials("x", ""));
    }

    private static StringContent CreateContent(string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return content;
    }

    /// <summary>Creates a request and signs it as the description of AWS Signature Version 4 says.</summary>
    private HttpRequestMessage CreateSignedRequest(string body, string accessKeyId = AccessKeyId, string secretAccessKey = SecretAccessKey)
    {
        const string Target = "AWSCognitoIdentityProviderService.ListUserPools";
        const string Names = "host;x-amz-date;x-amz-target";
        var now = Clock.GetUtcNow().UtcDateTime;
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/eu-west-1/cognito-idp/aws4_request";
        var headers = $"host:{Cognito.BaseAddress.Authority}\nx-amz-date:{time}\nx-amz-target:{Target}\n";
        var canonical = $"POST\n/\n\n{headers}\n{Names}\n{ComputeHash(body)}";

        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), ComputeHmac);
        var signature = Convert.ToHexStringLower(ComputeHmac(key, $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{ComputeHash(canonical)}"));

        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = CreateContent(body) };
        request.Headers.Add("X-Amz-Date", time);
        request.Headers.Add("X-Amz-Target", Target);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={accessKeyId}/{scope}, SignedHeaders={Names}, Signature={signature}");
        return request;
    }

    private async Task<string?> GetErrorAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request);
            return (await ReadJsonAsync(response))["__type"]?.GetValue<string>();
        }
    }

    private static string ComputeHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] ComputeHmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
