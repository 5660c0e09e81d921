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
    public async Task Signed_request_is_served() => Assert.Null(await ErrorOfAsync(Signed(Body)));

    [Fact]
    public async Task Unsigned_request_is_refused() =>
        await RefusedAsync("MissingAuthenticationTokenException", "ListUserPools", new { MaxResults = 1 });

    [Theory]
    [InlineData("Basic abc")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=0")]
    public async Task Malformed_signature_is_incomplete(string authorization)
    {
        var request = Signed(Body);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal("IncompleteSignatureException", await ErrorOfAsync(request));
    }

    [Fact]
    public async Task Other_access_key_is_unknown() =>
        Assert.Equal("UnrecognizedClientException", await ErrorOfAsync(Signed(Body, accessKeyId: "AKIDOTHER")));

    [Fact]
    public async Task Other_secret_makes_another_signature() =>
        Assert.Equal("InvalidSignatureException", await ErrorOfAsync(Signed(Body, secretAccessKey: "other")));

    [Fact]
    public async Task Changed_body_is_noticed()
    {
        var request = Signed(Body);
        request.Content = ContentOf("""{"MaxResults":2}""");

        Assert.Equal("InvalidSignatureException", await ErrorOfAsync(request));
    }

    [Fact]
    public async Task Old_signature_is_refused()
    {
        var request = Signed(Body);
        Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("InvalidSignatureException", await ErrorOfAsync(request));
    }

    [Fact]
    public async Task Operation_with_a_credential_of_its_own_needs_no_signature()
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

    private static StringContent ContentOf(string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return content;
    }

    /// <summary>Signed after the published description of the algorithm, for the one form of request there is.</summary>
    private HttpRequestMessage Signed(string body, string accessKeyId = AccessKeyId, string secretAccessKey = SecretAccessKey)
    {
        const string Target = "AWSCognitoIdentityProviderService.ListUserPools";
        const string Names = "host;x-amz-date;x-amz-target";
        var now = Clock.GetUtcNow().UtcDateTime;
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/eu-west-1/cognito-idp/aws4_request";
        var headers = $"host:{Cognito.BaseAddress.Authority}\nx-amz-date:{time}\nx-amz-target:{Target}\n";
        var canonical = $"POST\n/\n\n{headers}\n{Names}\n{Hash(body)}";

        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), Hmac);
        var signature = Convert.ToHexStringLower(Hmac(key, $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(canonical)}"));

        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = ContentOf(body) };
        request.Headers.Add("X-Amz-Date", time);
        request.Headers.Add("X-Amz-Target", Target);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={accessKeyId}/{scope}, SignedHeaders={Names}, Signature={signature}");
        return request;
    }

    private async Task<string?> ErrorOfAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request);
            return (await JsonOf(response))["__type"]?.GetValue<string>();
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
