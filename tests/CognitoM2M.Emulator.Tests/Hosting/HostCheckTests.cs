using System.Net;

namespace CognitoM2M.Emulator.Tests.Hosting;

public sealed class HostCheckTests : EmulatorTest
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:80")]
    [InlineData("127.0.0.1:9595")]
    [InlineData("[::1]:9595")]
    [InlineData("cognito-idp.eu-west-1.amazonaws.com")]
    [InlineData("acme-m2m.auth.eu-west-1.amazoncognito.com")]
    public async Task Requests_to_the_hosts_of_the_emulator_are_served(string host)
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });

        using var response = await GetKeySetAsync(host);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("localhost.attacker.example:80")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("other.auth.eu-west-1.amazoncognito.com")]
    [InlineData("192.0.2.1")]
    public async Task Other_hosts_are_refused_with_one_message(string host)
    {
        using var response = await GetKeySetAsync(host);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
        var name = host.Split(':')[0];
        Assert.Equal(
            $"'{name}' is not a host name of the emulator. Send the request to {Cognito.BaseAddress.Authority} or localhost.",
            (await ReadJsonAsync(response))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refused_host_reads_nothing_over_any_endpoint_and_is_not_counted()
    {
        using var token = await PostFormAsync(
            $"grant_type=client_credentials&client_id={Client.ClientId}&client_secret={Client.ClientSecret}",
            change: request => request.Headers.Host = "attacker.example");
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent("""{"MaxResults":1}""") };
        request.Headers.Host = "attacker.example";
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
        using var list = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, token.StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, list.StatusCode);
        Assert.Equal(0, Cognito.TokenRequests.Total);
        Assert.Equal(0, Cognito.JsonApiRequests.Count("ListUserPools"));
    }

    private Task<HttpResponseMessage> GetKeySetAsync(string host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Pool.JwksUri);
        request.Headers.Host = host;
        return Http.SendAsync(request);
    }
}
