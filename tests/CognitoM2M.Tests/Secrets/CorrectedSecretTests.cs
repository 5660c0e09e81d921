using System.Text;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Secrets;

/// <summary>A secret that Cognito refuses is corrected while the back-off runs.</summary>
public sealed class CorrectedSecretTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cognito-m2m-").FullName;
    private readonly LogRecorder _log = new();

    private string SecretFile => Path.Combine(_folder, "secret");

    [Fact]
    public async Task Corrected_file_is_used_during_the_back_off()
    {
        await using var service = CreateService(options => options.ClientSecretFile = SecretFile);
        await FailUntilThePauseIsTenSecondsAsync(service);

        await File.WriteAllTextAsync(SecretFile, "correct1secret");
        service.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("token-4", await service.GetTokenAsync());
    }

    [Fact]
    public async Task File_that_does_not_change_causes_no_request_during_the_back_off()
    {
        await using var service = CreateService(options => options.ClientSecretFile = SecretFile);
        await FailUntilThePauseIsTenSecondsAsync(service);

        for (var second = 0; second < 9; second++)
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            var failure = await service.FailToGetTokenAsync();
            Assert.Equal("invalid_client", failure.Error);
            Assert.Equal(TimeSpan.FromSeconds(9 - second), failure.RetryAfter);
        }

        Assert.Equal(3, service.TokenRequests);
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await service.FailToGetTokenAsync();
        Assert.Equal(4, service.TokenRequests);
    }

    [Fact]
    public async Task Corrected_file_is_used_by_the_renewal_of_a_held_token_during_the_back_off()
    {
        await File.WriteAllTextAsync(SecretFile, "correct1secret");
        await using var service = CreateService(options => options.ClientSecretFile = SecretFile);
        await service.GetTokenAsync();
        await File.WriteAllTextAsync(SecretFile, "wrong1secret");
        service.Clock.Advance(TimeSpan.FromMinutes(52));
        for (var call = 0; call < 240; call++)
        {
            Assert.Equal("token-1", await service.GetTokenAsync());
            await service.WaitForFetchAsync();
            service.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var requests = service.TokenRequests;
        await File.WriteAllTextAsync(SecretFile, "correct1secret");
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();

        Assert.InRange(requests, 6, 12);
        // If the back-off, which is random, ends in this second, the former secret is tried once more before the file is read.
        Assert.InRange(service.TokenRequests, requests + 1, requests + 2);
        Assert.Equal($"token-{service.TokenRequests}", await service.GetTokenAsync());
    }

    [Fact]
    public async Task File_that_was_missing_is_used_as_soon_as_it_is_there()
    {
        await using var service = CreateService(options => options.ClientSecretFile = SecretFile);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(CognitoTokenErrors.SecretUnavailable, (await service.FailToGetTokenAsync()).Error);
            service.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        await service.FailToGetTokenAsync();
        await File.WriteAllTextAsync(SecretFile, "correct1secret");
        service.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("token-1", await service.GetTokenAsync());
    }

    [Fact]
    public async Task File_that_disappears_during_the_back_off_is_reported_once()
    {
        await using var service = CreateService(options => options.ClientSecretFile = SecretFile);
        await FailUntilThePauseIsTenSecondsAsync(service);

        File.Delete(SecretFile);
        for (var second = 0; second < 9; second++)
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("invalid_client", (await service.FailToGetTokenAsync()).Error);
        }

        Assert.Equal(3, service.TokenRequests);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning 10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Source_of_the_user_is_not_asked_during_the_back_off()
    {
        var questions = 0;
        await using var service = CreateService(options => options.ClientSecretSource = CognitoSecretSource.From((_, _) =>
        {
            questions++;
            return new ValueTask<string>("wrong1secret");
        }));
        await FailUntilThePauseIsTenSecondsAsync(service, writesFile: false);
        var before = questions;

        for (var second = 0; second < 9; second++)
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            await service.FailToGetTokenAsync();
        }

        Assert.Equal(before, questions);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Lets three requests fail with a wrong secret.</summary>
    private async Task FailUntilThePauseIsTenSecondsAsync(StubbedService service, bool writesFile = true)
    {
        if (writesFile)
            await File.WriteAllTextAsync(SecretFile, "wrong1secret");
        for (var request = 1; request <= 3; request++)
        {
            service.Clock.Advance(TimeSpan.FromSeconds(3));
            await service.FailToGetTokenAsync();
            Assert.Equal(request, service.TokenRequests);
        }
    }

    /// <summary>A service whose Cognito accepts the secret "correct1secret" alone.</summary>
    private StubbedService CreateService(Action<CognitoM2MClientOptions> configure)
    {
        var service = new StubbedService(
            options =>
            {
                options.ClientSecret = null;
                configure(options);
            },
            services => services.AddLogging(logging => logging.AddProvider(_log)));
        service.OnTokenRequest = (number, request) => Task.FromResult(
            Encoding.ASCII.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!)).EndsWith(":correct1secret", StringComparison.Ordinal)
                ? StubbedResponse.CreateToken($"token-{number}")
                : ConfiguredClient.CreateRefusal());
        return service;
    }
}
