using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;
using CognitoM2M.Testing;

namespace CognitoM2M.Provisioning.Tests.Service;

public sealed class PacedServiceTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly FakeCognito _cognito;
    private readonly PacedService _service;

    public PacedServiceTests()
    {
        _cognito = new FakeCognito(_clock);
        _service = new PacedService(_cognito, _clock, retryTimeout: TimeSpan.FromSeconds(10), isEmulator: false);
    }

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task Change_in_flight_is_completed_although_the_caller_cancels()
    {
        CancelDuring(UserPoolOperations.Create);

        var response = await _service.CallAsync(UserPoolOperations.Create, new() { PoolName = "acme" }, _cancellation.Token);

        Assert.Equal("acme", response.UserPool!.Name);
    }

    [Fact]
    public async Task Rates_of_an_emulator_are_kept_only_after_it_has_refused_a_request()
    {
        var service = new PacedService(_cognito, _clock, retryTimeout: TimeSpan.FromSeconds(10), isEmulator: true);
        for (var i = 0; i < 100; i++)
            await service.CallAsync(UserPoolOperations.Create, new() { PoolName = "acme" }, default);
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(0));

        var refusals = 1;
        _cognito.Fault = operation => refusals-- > 0 ? ServiceRefusal.CreateException(operation, "TooManyRequestsException", "Rate exceeded") : null;
        await _clock.RunAsync(CreateManyAsync(), skip: TimeSpan.FromMinutes(1));

        // One request is repeated after a second. Fifteen requests a second are allowed.
        Assert.InRange(_clock.GetElapsedTime(0).TotalSeconds, 2, 4);

        async Task<bool> CreateManyAsync()
        {
            for (var i = 0; i < 31; i++)
                await service.CallAsync(UserPoolOperations.Create, new() { PoolName = "acme" }, default);
            return true;
        }
    }

    [Fact]
    public async Task Request_is_not_sent_if_the_caller_has_cancelled()
    {
        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _service.CallAsync(UserPoolOperations.Create, new() { PoolName = "acme" }, _cancellation.Token));

        Assert.Empty(_cognito.Calls);
    }

    [Fact]
    public async Task Pauses_between_attempts_grow_and_end_with_the_retry_timeout()
    {
        var attempts = new List<TimeSpan>();
        _cognito.Fault = operation =>
        {
            attempts.Add(_clock.GetElapsedTime(0));
            return ServiceRefusal.CreateException(operation, "TooManyRequestsException", "Rate exceeded");
        };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _clock.RunAsync(_service.CallAsync(UserPoolOperations.List, new(60, null), default), skip: TimeSpan.FromMinutes(1)));

        Assert.Equal(ProvisioningError.Throttled, failure.Error);
        Assert.Equal([0, 1, 3, 7], attempts.Select(at => (int)at.TotalSeconds));
    }

    [Fact]
    public async Task Other_refusals_are_not_repeated()
    {
        _cognito.Fault = operation => ServiceRefusal.CreateException(operation, "InvalidParameterException", "No.");

        await Assert.ThrowsAsync<CognitoProvisioningException>(() => _service.CallAsync(UserPoolOperations.List, new(60, null), default));

        Assert.Single(_cognito.Calls);
    }

    [Fact]
    public async Task One_operation_in_a_user_pool_is_sent_five_times_a_second_at_most()
    {
        var pool = _cognito.AddPool("acme");
        var client = _cognito.AddClient(pool, "billing");
        var calls = Enumerable.Range(0, 6)
            .Select(_ => _service.CallAsync(AppClientOperations.Describe, new(pool.Id, client.Id), default))
            .ToList();

        await Task.WhenAll(calls.Take(5));
        Assert.Equal(5, _cognito.Calls.Count);

        await _clock.RunAsync(calls[5], skip: TimeSpan.FromSeconds(2));
        Assert.InRange(_clock.GetElapsedTime(0), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
    }

    private void CancelDuring(Operation operation) => _cognito.Fault = called =>
    {
        if (called == operation)
            _cancellation.Cancel();
        return null;
    };
}
