using Amazon.Runtime;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service.Aws;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Service.Aws;

[Collection("Environment variables of AWS")]
public sealed class AwsUserPoolServiceTests
{
    private const string Secret = "marker1secret2of3a4test5client";
    private const string PoolId = "eu-west-1_AbCdEfGhI";

    [Fact]
    public async Task Request_is_signed_and_has_the_form_of_AWS_JSON_1_1()
    {
        await using var server = new LoopbackService(Answer.Ok("""{"UserPool":{"Id":"eu-west-1_AbCdEfGhI","Name":"acme"}}"""));
        using var service = CreateService(server);

        var response = await service.CallAsync(UserPoolOperations.Describe, new(PoolId), default);

        var request = Assert.Single(server.Received);
        Assert.Equal("acme", response.UserPool!.Name);
        Assert.Equal("POST", request.Method);
        Assert.Equal("AWSCognitoIdentityProviderService.DescribeUserPool", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("2016-04-18", request.Headers["x-amz-api-version"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/cognito-idp/aws4_request, SignedHeaders=", request.Headers["Authorization"]);
        Assert.Equal("""{"UserPoolId":"eu-west-1_AbCdEfGhI"}""", request.Body);
    }

    [Theory]
    [InlineData("111122223333", "111122223333")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Account_is_the_one_that_the_credentials_say(string? said, string? found)
    {
        using var service = AwsUserPoolService.Create(new() { Region = "eu-west-1", Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret", said) });

        Assert.Equal(found, await service.FindAccountAsync());
    }

    [Fact]
    public async Task GetClientToken_is_not_signed()
    {
        await using var server = new LoopbackService(Answer.Ok("""{"ClientAuthenticationResult":{"AccessToken":"t","ExpiresIn":300,"TokenType":"Bearer"}}"""));
        using var service = CreateService(server);

        var response = await service.CallAsync(AppClientOperations.GetToken, new() { ClientId = "abc", Secret = Secret, Scopes = ["orders/read"] }, default);

        Assert.Equal("t", response.ClientAuthenticationResult!.AccessToken);
        Assert.False(Assert.Single(server.Received).Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Null_members_are_not_sent_and_unknown_members_are_sent_back()
    {
        await using var server = new LoopbackService(
            Answer.Ok("""{"UserPool":{"Id":"eu-west-1_AbCdEfGhI","CreationDate":1689721665.239,"Novelty":{"Deep":[1,"two"]}}}"""), Answer.Ok("{}"));
        using var service = CreateService(server);

        var pool = (await service.CallAsync(UserPoolOperations.Describe, new(PoolId), default)).UserPool!;
        await service.CallAsync(UserPoolOperations.Update, new() { UserPoolId = PoolId, OtherMembers = pool.OtherMembers }, default);

        Assert.Equal("""{"UserPoolId":"eu-west-1_AbCdEfGhI","Novelty":{"Deep":[1,"two"]}}""", server.Received[1].Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Operation_without_output_accepts_an_empty_body_and_an_empty_object(string body)
    {
        await using var server = new LoopbackService(Answer.Ok(body));
        using var service = CreateService(server);

        await service.CallAsync(UserPoolOperations.Delete, new(PoolId), default);

        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Missing_permission_is_reported_with_the_IAM_statement_to_add()
    {
        await using var server = new LoopbackService(Answer.Error("AccessDeniedException", "User is not authorized."));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => service.CallAsync(UserPoolOperations.Describe, new(PoolId), default));

        Assert.Equal(ProvisioningError.AccessDenied, failure.Error);
        Assert.Equal("AccessDeniedException", failure.ErrorCode);
        Assert.Equal("DescribeUserPool", failure.Operation);
        Assert.Equal("request-1", failure.RequestId);
        Assert.Contains(
            """{ "Effect": "Allow", "Action": "cognito-idp:DescribeUserPool", "Resource": "arn:aws:cognito-idp:eu-west-1:*:userpool/eu-west-1_AbCdEfGhI" }""",
            failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")]
    public async Task Address_comes_from_the_environment_variables_of_AWS_tools(string variable)
    {
        await using var server = new LoopbackService(Answer.Ok("""{"UserPools":[]}"""));
        Environment.SetEnvironmentVariable(variable, server.Address.AbsoluteUri);
        try
        {
            using var service = AwsUserPoolService.Create(new() { Region = "eu-central-1", Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI") });

            await service.CallAsync(UserPoolOperations.List, new(60, null), default);

            Assert.Contains("/eu-central-1/cognito-idp/", Assert.Single(server.Received).Headers["Authorization"], StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void Display_name_of_a_region_is_refused()
    {
        var failure = Assert.Throws<CognitoProvisioningException>(() => AwsUserPoolService.Create(new() { Region = "Europe (Ireland)" }));

        Assert.Equal(ProvisioningError.Configuration, failure.Error);
    }

    [Fact]
    public void Fips_with_an_address_is_refused()
    {
        var failure = Assert.Throws<CognitoProvisioningException>(() =>
            AwsUserPoolService.Create(new() { EndpointUrl = new Uri("http://127.0.0.1:1"), UseFips = true, Region = "eu-west-1" }));

        Assert.Equal(ProvisioningError.Configuration, failure.Error);
    }

    [Fact]
    public void Text_of_a_record_holds_no_secret()
    {
        object[] records =
        [
            new UserPoolClient { ClientSecret = Secret },
            new CreateUserPoolClientResponse(new UserPoolClient { ClientSecret = Secret }),
            new ClientSecretDescriptor { ClientSecretValue = Secret },
            new AddUserPoolClientSecretResponse(new ClientSecretDescriptor { ClientSecretValue = Secret }),
            new AddUserPoolClientSecretRequest { UserPoolId = "p", ClientId = "abc", ClientSecret = Secret },
            new GetClientTokenRequest { ClientId = "abc", Secret = Secret },
            new GetClientTokenResponse(new ClientAuthenticationResult { AccessToken = Secret }),
            new HeldSecret { ClientSecretId = "abc--1", ClientSecret = Secret, PendingSecret = Secret },
            new AppClientCredentials { ClientName = "a", ClientId = "b", UserPoolId = "p", ClientSecret = Secret, PendingSecret = Secret, Region = "c", Scopes = [], Route = AppClientRoute.Both },
        ];

        Assert.All(records, record => Assert.DoesNotContain(Secret, record.ToString(), StringComparison.Ordinal));
    }

    internal static AwsUserPoolService CreateService(LoopbackService server) => CreateService(server.Address);

    internal static AwsUserPoolService CreateService(Uri address) => AwsUserPoolService.Create(new()
    {
        Region = "eu-west-1",
        EndpointUrl = address,
        Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI"),
        LongestBackOff = TimeSpan.FromMilliseconds(1),
    });
}
