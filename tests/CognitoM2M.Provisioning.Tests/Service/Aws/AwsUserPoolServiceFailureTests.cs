using System.Text.Json;
using Amazon.Runtime;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service.Aws;
using CognitoM2M.Provisioning.Tests.Fakes;
using static CognitoM2M.Provisioning.Tests.Service.Aws.AwsUserPoolServiceTests;

namespace CognitoM2M.Provisioning.Tests.Service.Aws;

/// <summary>Which requests are repeated, and what the caller learns of a failure.</summary>
public sealed class AwsUserPoolServiceFailureTests
{
    private const string Secret = "marker1secret2of3a4test5client";
    private const string PoolId = "eu-west-1_AbCdEfGhI";

    [Fact]
    public async Task Create_is_not_repeated_after_a_server_error()
    {
        await using var server = new LoopbackService(Answer.Error("InternalErrorException", status: 500), Answer.Ok("{}"));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => service.CallAsync(UserPoolOperations.Create, new() { PoolName = "acme" }, default));

        Assert.Equal(ProvisioningError.ServiceFailure, failure.Error);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Create_is_repeated_after_throttling()
    {
        await using var server = new LoopbackService(Answer.Error("TooManyRequestsException"), Answer.Ok("""{"UserPool":{"Id":"eu-west-1_x"}}"""));
        using var service = CreateService(server);

        await service.CallAsync(UserPoolOperations.Create, new() { PoolName = "acme" }, default);

        Assert.Equal(2, server.Received.Count);
    }

    [Theory]
    [InlineData("InternalErrorException", 500)]
    [InlineData("ConcurrentModificationException", 400)]
    [InlineData("TooManyRequestsException", 400)]
    public async Task Update_is_repeated_after_a_server_error_a_concurrent_change_and_throttling(string error, int status)
    {
        await using var server = new LoopbackService(Answer.Error(error, status: status), Answer.Ok("{}"));
        using var service = CreateService(server);

        await service.CallAsync(UserPoolOperations.Update, new() { UserPoolId = PoolId }, default);

        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Request_is_not_repeated_if_a_quota_is_used_up()
    {
        await using var server = new LoopbackService(Answer.Error("LimitExceededException"));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            service.CallAsync(ResourceServerOperations.Create, new(PoolId, "orders", "Orders", []), default));

        Assert.Equal(ProvisioningError.QuotaReached, failure.Error);
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(200)]
    public async Task Answer_that_does_not_come_from_Cognito_is_reported_as_unreachable(int status)
    {
        await using var server = new LoopbackService(new Answer(status, "<html>Blocked</html>", ContentType: "text/html"));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => service.CallAsync(UserPoolOperations.Describe, new(PoolId), default));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Contains("proxy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_service_is_reported_with_its_address()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackService.FreePort()}/");
        using var service = CreateService(address);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => service.CallAsync(UserPoolOperations.Describe, new(PoolId), default));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Contains(address.AbsoluteUri, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_accept_are_not_reported_as_a_missing_permission()
    {
        await using var server = new LoopbackService(Answer.Error("UnrecognizedClientException", "The security token is invalid."));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => service.CallAsync(UserPoolOperations.List, new(60, null), default));

        Assert.Equal(ProvisioningError.Credentials, failure.Error);
    }

    [Fact]
    public async Task Exception_holds_no_secret_if_the_answer_is_malformed()
    {
        await using var server = new LoopbackService(Answer.Ok($$"""{"UserPoolClient":{"ClientSecret":"{{Secret}}","ClientId":["""));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            service.CallAsync(AppClientOperations.Create, new() { UserPoolId = PoolId, ClientName = "billing" }, default));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_holds_no_secret_if_Cognito_quotes_it()
    {
        await using var server = new LoopbackService(Answer.Error("InvalidParameterException", $"1 validation error detected: Value '{Secret}' at 'secret'"));
        using var service = CreateService(server);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => service.CallAsync(AppClientOperations.GetToken, new() { ClientId = "abc", Secret = Secret }, default));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_holds_no_secret_if_the_call_is_cancelled()
    {
        var malformed = new AmazonUnmarshallingException("request-1", "$", Secret, new JsonException());

        var failure = AwsFailures.Find(malformed, new AwsRequest(AppClientOperations.Create, []), "https://example.com/", new CancellationToken(canceled: true));

        Assert.NotNull(failure);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_call_throws_the_cancellation()
    {
        await using var server = new LoopbackService(Answer.Ok("{}"));
        using var service = CreateService(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.CallAsync(UserPoolOperations.Describe, new(PoolId), new CancellationToken(canceled: true)));
    }
}
