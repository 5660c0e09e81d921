using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CognitoM2M.Emulator.Tests.OAuth2;

public sealed class TokenEndpointHttpTests : EmulatorTest
{
    // The requests below use an unknown grant type. This error shows that the headers were accepted, because headers are checked first.
    private const string HeadersAccepted = "unsupported_grant_type";

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("*/*")]
    [InlineData("application/*")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("text/html, application/json;q=0.5")]
    public async Task Accept_header_with_json_or_a_wildcard_is_served(string? accept)
    {
        using var response = await PostWithAsync("Accept", accept);

        await AssertOAuthErrorAsync(HeadersAccepted, response);
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/html")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json, text/json, text/x-json, text/javascript, application/xml, text/xml")]
    [InlineData("application/json, application/problem+xml")]
    public async Task Accept_header_without_json_or_with_xml_gets_an_empty_405(string accept)
    {
        using var response = await PostWithAsync("Accept", accept);

        await AssertEmpty405Async(response, allow: "POST");
    }

    [Theory]
    [InlineData("\"application/x-www-form-urlencoded\"")]
    [InlineData("'application/x-www-form-urlencoded; charset=UTF-8\"")]
    public async Task Content_type_in_quotes_gets_an_empty_405(string contentType)
    {
        using var response = await PostWithAsync("Content-Type", contentType);

        await AssertEmpty405Async(response, allow: "POST");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8")]
    [InlineData("Application/X-WWW-Form-UrlEncoded")]
    public async Task Content_type_is_accepted_with_a_charset_and_in_any_case(string contentType)
    {
        using var response = await PostWithAsync("Content-Type", contentType);

        await AssertOAuthErrorAsync(HeadersAccepted, response);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Other_content_type_gets_invalid_request(string? contentType)
    {
        using var response = await PostWithAsync("Content-Type", contentType);

        await AssertOAuthErrorAsync("invalid_request", response);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"grant_type\":\"client_credentials\"}")]
    [InlineData("&&&===&%zz")]
    public async Task Body_without_form_parameters_gets_invalid_request(string body)
    {
        using var response = await PostFormAsync(body, $"{Client.ClientId}:{Client.ClientSecret}");

        await AssertOAuthErrorAsync("invalid_request", response);
    }

    [Fact]
    public async Task Body_over_one_mebibyte_is_refused()
    {
        using var response = await PostTokenAsync("&padding=" + new string('x', 1024 * 1024));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("""{"error":"invalid_request"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Other_method_gets_an_empty_405(string method)
    {
        using var response = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), Cognito.TokenEndpoint));

        await AssertEmpty405Async(response, allow: "POST");
    }

    [Fact]
    public async Task Wrong_path_gets_an_empty_405_that_allows_GET()
    {
        using var response = await Http.PostAsync(new Uri(Cognito.BaseAddress, "oauth/token"), content: null);

        await AssertEmpty405Async(response, allow: "GET");
    }

    private Task<HttpResponseMessage> PostWithAsync(string header, string? value)
    {
        var body = Encoding.ASCII.GetBytes("grant_type=none");
        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.TokenEndpoint) { Content = new ByteArrayContent(body) };
        if (header != "Content-Type")
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        if (value is not null)
            (header == "Content-Type" ? request.Content.Headers : (HttpHeaders)request.Headers).TryAddWithoutValidation(header, value);
        return Http.SendAsync(request);
    }

    private static async Task AssertEmpty405Async(HttpResponseMessage response, string allow)
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal([allow], response.Content.Headers.Allow);
    }
}
