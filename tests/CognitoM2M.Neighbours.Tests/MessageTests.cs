using CognitoM2M.Emulator;
using CognitoM2M.Neighbours.Tests.Docs;
using CognitoM2M.Neighbours.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A token in the header of a message, as the documentation shows it.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task Receiver_learns_which_app_client_sent_the_message()
    {
        await using var service = await StartAsync();
        using var verifier = CreateVerifier(service, TimeProvider.System);
        var headers = new Dictionary<string, string>();

        await MessageTokens.AddAsync(service.Provider, headers, CancellationToken.None);

        Assert.Equal(FindClient(service).ClientId, await MessageTokens.FindSenderAsync(verifier, headers));
    }

    [Fact]
    public async Task Message_without_a_token_or_with_a_changed_token_has_no_sender()
    {
        await using var service = await StartAsync();
        using var verifier = CreateVerifier(service, TimeProvider.System);
        var headers = new Dictionary<string, string>();
        await MessageTokens.AddAsync(service.Provider, headers, CancellationToken.None);
        var changed = new Dictionary<string, string> { [MessageTokens.Header] = headers[MessageTokens.Header][..^4] + "AAAA" };

        Assert.Null(await MessageTokens.FindSenderAsync(verifier, new Dictionary<string, string>()));
        Assert.Null(await MessageTokens.FindSenderAsync(verifier, changed));
    }

    [Fact]
    public async Task Message_that_waited_longer_than_its_token_lives_has_no_sender()
    {
        await using var service = await StartAsync();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var verifier = CreateVerifier(service, clock);
        var headers = new Dictionary<string, string>();
        await MessageTokens.AddAsync(service.Provider, headers, CancellationToken.None);

        clock.Advance(TimeSpan.FromHours(2));

        Assert.Null(await MessageTokens.FindSenderAsync(verifier, headers));
    }

    private static Task<CallingService> StartAsync() =>
        CallingService.StartAsync((builder, _) => builder.Services.AddCognitoM2MClients(builder.Configuration));

    private static EmulatedAppClient FindClient(CallingService service) => service.Cognito.UserPools.Single().AppClients.Single();

    private static CognitoAccessTokenVerifier CreateVerifier(CallingService service, TimeProvider clock)
    {
        var pool = service.Cognito.UserPools.Single();
        var options = new CognitoAccessTokenVerifierOptions
        {
            UserPools = [new TrustedUserPool { UserPoolId = pool.Id, ClientIds = [FindClient(service).ClientId], JwksUri = pool.JwksUri }],
        };
        return new CognitoAccessTokenVerifier(options, timeProvider: clock);
    }
}
