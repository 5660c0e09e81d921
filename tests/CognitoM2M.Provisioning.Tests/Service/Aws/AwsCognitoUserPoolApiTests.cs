using System.Text.Json;
using Amazon.Runtime;
using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Service.Aws;
using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Service.Aws;

public sealed class AwsCognitoUserPoolApiTests
{
    private const string Secret = "marker1secret2of3a4test5client";
    private const string PoolId = "eu-west-1_AbCdEfGhI";

    [Fact]
    public async Task Request_is_signed_and_has_the_form_of_AWS_JSON_1_1()
    {
        await using var service = new LoopbackService(Answer.Ok("""{"UserPool":{"Id":"eu-west-1_AbCdEfGhI","Name":"acme"}}"""));
        using var api = Api(service);

        var response = await api.DescribeUserPoolAsync(new(PoolId));

        var request = Assert.Single(service.Received);
        Assert.Equal("acme", response.UserPool!.Name);
        Assert.Equal("POST", request.Method);
        Assert.Equal("AWSCognitoIdentityProviderService.DescribeUserPool", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("2016-04-18", request.Headers["x-amz-api-version"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/cognito-idp/aws4_request, SignedHeaders=", request.Headers["Authorization"]);
        Assert.Equal("""{"UserPoolId":"eu-west-1_AbCdEfGhI"}""", request.Body);
    }

    [Fact]
    public async Task GetClientToken_carries_no_signature()
    {
        await using var service = new LoopbackService(Answer.Ok("""{"ClientAuthenticationResult":{"AccessToken":"t","ExpiresIn":300,"TokenType":"Bearer"}}"""));
        using var api = Api(service);

        var response = await api.GetClientTokenAsync(new() { ClientId = "abc", Secret = Secret, Scopes = ["orders/read"] });

        Assert.Equal("t", response.ClientAuthenticationResult!.AccessToken);
        Assert.False(Assert.Single(service.Received).Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Members_that_are_null_are_not_sent_and_members_that_are_unknown_are_kept()
    {
        await using var service = new LoopbackService(
            Answer.Ok("""{"UserPool":{"Id":"eu-west-1_AbCdEfGhI","CreationDate":1689721665.239,"Novelty":{"Deep":[1,"two"]}}}"""), Answer.Ok("{}"));
        using var api = Api(service);

        var pool = (await api.DescribeUserPoolAsync(new(PoolId))).UserPool!;
        await api.UpdateUserPoolAsync(new() { UserPoolId = PoolId, OtherMembers = pool.OtherMembers });

        Assert.Equal("""{"UserPoolId":"eu-west-1_AbCdEfGhI","Novelty":{"Deep":[1,"two"]}}""", service.Received[1].Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Operation_without_output_accepts_an_empty_body_and_an_empty_object(string body)
    {
        await using var service = new LoopbackService(Answer.Ok(body));
        using var api = Api(service);

        await api.DeleteUserPoolAsync(new(PoolId));

        Assert.Single(service.Received);
    }

    [Fact]
    public async Task Create_is_not_repeated_after_a_server_error_because_a_repeat_could_make_a_duplicate()
    {
        await using var service = new LoopbackService(Answer.Error("InternalErrorException", status: 500), Answer.Ok("{}"));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => api.CreateUserPoolAsync(new() { PoolName = "acme" }));

        Assert.Equal(ProvisioningError.ServiceFailure, failure.Error);
        Assert.Single(service.Received);
    }

    [Fact]
    public async Task Create_is_repeated_after_throttling()
    {
        await using var service = new LoopbackService(Answer.Error("TooManyRequestsException"), Answer.Ok("""{"UserPool":{"Id":"eu-west-1_x"}}"""));
        using var api = Api(service);

        await api.CreateUserPoolAsync(new() { PoolName = "acme" });

        Assert.Equal(2, service.Received.Count);
    }

    [Theory]
    [InlineData("InternalErrorException", 500)]
    [InlineData("ConcurrentModificationException", 400)]
    [InlineData("TooManyRequestsException", 400)]
    public async Task Update_is_repeated(string error, int status)
    {
        await using var service = new LoopbackService(Answer.Error(error, status: status), Answer.Ok("{}"));
        using var api = Api(service);

        await api.UpdateUserPoolAsync(new() { UserPoolId = PoolId });

        Assert.Equal(2, service.Received.Count);
    }

    [Fact]
    public async Task Used_up_quota_is_not_taken_for_throttling()
    {
        await using var service = new LoopbackService(Answer.Error("LimitExceededException"));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            api.CreateResourceServerAsync(new(PoolId, "orders", "Orders", [])));

        Assert.Equal(ProvisioningError.QuotaReached, failure.Error);
        Assert.Single(service.Received);
    }

    [Fact]
    public async Task Missing_permission_names_the_action_and_the_statement_to_add()
    {
        await using var service = new LoopbackService(Answer.Error("AccessDeniedException", "User is not authorized."));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => api.DescribeUserPoolAsync(new(PoolId)));

        Assert.Equal(ProvisioningError.AccessDenied, failure.Error);
        Assert.Equal("AccessDeniedException", failure.ErrorCode);
        Assert.Equal("DescribeUserPool", failure.Operation);
        Assert.Equal("request-1", failure.RequestId);
        Assert.Contains(
            """{ "Effect": "Allow", "Action": "cognito-idp:DescribeUserPool", "Resource": "arn:aws:cognito-idp:eu-west-1:*:userpool/eu-west-1_AbCdEfGhI" }""",
            failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(200)]
    public async Task Answer_of_something_else_than_the_service_is_recognised(int status)
    {
        await using var service = new LoopbackService(new Answer(status, "<html>Blocked</html>", ContentType: "text/html"));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => api.DescribeUserPoolAsync(new(PoolId)));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Contains("proxy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_service_is_named_with_its_address()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackService.FreePort()}/");
        using var api = Api(address);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => api.DescribeUserPoolAsync(new(PoolId)));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Contains(address.AbsoluteUri, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_know_are_told_from_missing_permissions()
    {
        await using var service = new LoopbackService(Answer.Error("UnrecognizedClientException", "The security token is invalid."));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => api.ListUserPoolsAsync(new(60, null)));

        Assert.Equal(ProvisioningError.Credentials, failure.Error);
    }

    [Fact]
    public async Task No_secret_stands_in_an_exception_even_if_the_answer_is_malformed()
    {
        await using var service = new LoopbackService(Answer.Ok($$"""{"UserPoolClient":{"ClientSecret":"{{Secret}}","ClientId":["""));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            api.CreateUserPoolClientAsync(new() { UserPoolId = PoolId, ClientName = "billing" }));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_stands_in_an_exception_even_if_the_service_quotes_it()
    {
        await using var service = new LoopbackService(Answer.Error("InvalidParameterException", $"1 validation error detected: Value '{Secret}' at 'secret'"));
        using var api = Api(service);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => api.GetClientTokenAsync(new() { ClientId = "abc", Secret = Secret }));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_stands_in_an_exception_even_if_the_caller_gives_up_meanwhile()
    {
        var malformed = new AmazonUnmarshallingException("request-1", "$", Secret, new JsonException());

        var failure = AwsFailures.Of(malformed, new WireRequests.CreateUserPoolClientRequest(), PoolId, "https://example.com/", new CancellationToken(canceled: true));

        Assert.NotNull(failure);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        await using var service = new LoopbackService(Answer.Ok("{}"));
        using var api = Api(service);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.DescribeUserPoolAsync(new(PoolId), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")]
    public async Task Address_is_taken_from_the_environment_as_AWS_tools_do(string variable)
    {
        await using var service = new LoopbackService(Answer.Ok("""{"UserPools":[]}"""));
        Environment.SetEnvironmentVariable(variable, service.Address.AbsoluteUri);
        try
        {
            using var api = new AwsCognitoUserPoolApi(new() { Region = "eu-central-1", Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI") });

            await api.ListUserPoolsAsync(new(60, null));

            Assert.Contains("/eu-central-1/cognito-idp/", Assert.Single(service.Received).Headers["Authorization"], StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void Display_name_of_a_region_is_refused()
    {
        var failure = Assert.Throws<CognitoProvisioningException>(() => new AwsCognitoUserPoolApi(new() { Region = "Europe (Ireland)" }));

        Assert.Equal(ProvisioningError.Configuration, failure.Error);
    }

    [Fact]
    public void Fips_and_an_address_exclude_each_other()
    {
        var failure = Assert.Throws<CognitoProvisioningException>(() =>
            new AwsCognitoUserPoolApi(new() { EndpointUrl = new Uri("http://127.0.0.1:1"), UseFips = true, Region = "eu-west-1" }));

        Assert.Equal(ProvisioningError.Configuration, failure.Error);
    }

    [Fact]
    public void No_text_form_of_a_record_shows_a_secret()
    {
        object[] records =
        [
            new UserPoolClient { ClientSecret = Secret },
            new CreateUserPoolClientResponse(new UserPoolClient { ClientSecret = Secret }),
            new ClientSecretDescriptor { ClientSecretValue = Secret },
            new AddUserPoolClientSecretResponse(new ClientSecretDescriptor { ClientSecretValue = Secret }),
            new GetClientTokenRequest { ClientId = "abc", Secret = Secret },
            new GetClientTokenResponse(new ClientAuthenticationResult { AccessToken = Secret }),
            new HeldSecret("abc--1", Secret),
            new AppClientCredentials { ClientName = "a", ClientId = "b", ClientSecret = Secret, Region = "c", Scopes = [], Route = AppClientRoute.Both },
        ];

        Assert.All(records, record => Assert.DoesNotContain(Secret, record.ToString(), StringComparison.Ordinal));
    }

    private static AwsCognitoUserPoolApi Api(LoopbackService service) => Api(service.Address);

    private static AwsCognitoUserPoolApi Api(Uri address) => new(new()
    {
        Region = "eu-west-1",
        EndpointUrl = address,
        Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI"),
        LongestBackOff = TimeSpan.FromMilliseconds(1),
    });
}
