using CognitoM2M;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsoleConsumer;

/// <summary>The first part of the main job on a real user pool: 1,000 calls at the same time share one token, and an API accepts the token.</summary>
internal sealed class AwsRun(Report report)
{
    public async Task RunAsync(IConfigurationSection section, string issuer)
    {
        await using var api = await SampleApi.StartAsync(readScope: FindFirstScope(section), options =>
        {
            options.Issuer = issuer;
            options.ClientIds = [section["ClientId"] ?? ""];
        });
        using var tokenRequests = new MeterCount(CognitoM2MDiagnostics.TokenRequests);

        var collection = new ServiceCollection();
        collection.AddCognitoM2MClient("orders", section);
        // The sample sends the token to its own API, not to the BaseAddress that the section may name.
        collection.PostConfigure<CognitoM2MClientOptions>("orders", options => options.BaseAddress = api.Address);
        await using var services = collection.BuildServiceProvider();
        var callers = new Callers(report, () => services.GetRequiredService<IHttpClientFactory>().CreateClient("orders"));

        try
        {
            var token = await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");
            Report.Say($"Cognito issued a {token}.");
            await callers.BurstAsync(1000);
            report.Cold = (int)tokenRequests.Value;
            report.Expect(report.Cold == 1, "the calls shared one token request");
            report.Expect(report.ApiFailures == 0, "the API accepted all 1,000 calls");
        }
        catch (Exception e) when (e is CognitoTokenException or OptionsValidationException or HttpRequestException or OperationCanceledException)
        {
            Report.Say(e.Message);
            report.Expect(false, "Cognito issues a token");
        }
    }

    // The API requires a scope that the app client has.
    private static string FindFirstScope(IConfigurationSection section) =>
        section.GetSection("Scopes").Get<string[]>()?.FirstOrDefault() ?? section["Scopes"]?.Split(' ', ',')[0] ?? "orders/read";
}
