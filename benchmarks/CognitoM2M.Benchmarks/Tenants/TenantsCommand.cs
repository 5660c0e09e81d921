using System.Globalization;
using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Benchmarks.Tenants;

/// <summary>Measures what ten thousand clients named at run time weigh, and how their renewals spread, in simulated time.</summary>
internal static class TenantsCommand
{
    private const int Tenants = 10_000;

    // As many as an entry remembers tokens of.
    private const int FurtherRenewals = 8;

    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(10);
    private static readonly string[] _names = [.. Enumerable.Range(0, Tenants).Select(tenant => $"tenant-{tenant}")];

    public static int Run(string[] args)
    {
        if (!JsonFile.TryTake(args, out var json))
            return 2;

        var (bytes, mostAtOnce) = Measure();
        Print($"{Tenants:N0} tenants, tokens of {TenantCognito.TokenLength:N0} characters: {bytes:N0} bytes each");
        Print($"most of them renewed within 10 seconds: {mostAtOnce:N0}");
        json?.Write(new { tenants = Tenants, tokenCharacters = TenantCognito.TokenLength, bytesPerTenant = bytes, mostRenewalsInTenSeconds = mostAtOnce });
        return 0;
    }

    /// <summary>Bytes for each tenant, and the most renewals in ten seconds.</summary>
    public static (long Bytes, int MostAtOnce) Measure()
    {
        var loop = new EventLoop();
        using var cognito = new TenantCognito(_lifetime);
        using var services = Services(loop, cognito);
        var provider = services.GetRequiredService<ICognitoTokenProvider>();
        CallAll(["warm-up"]);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        CallAll(_names);
        var mostAtOnce = MostRenewalsInAStep();
        for (var renewal = 0; renewal < FurtherRenewals; renewal++)
        {
            loop.RunUntil(loop.Now + _lifetime * 0.86);
            CallAll(_names);
        }

        return ((GC.GetTotalMemory(forceFullCollection: true) - before) / Tenants, mostAtOnce);

        void CallAll(string[] names)
        {
            var calls = names.Select(name => provider.GetTokenAsync(name).AsTask()).ToList();
            loop.RunUntil(loop.Now + TimeSpan.FromSeconds(1));
            Task.WhenAll(calls).GetAwaiter().GetResult();
        }

        int MostRenewalsInAStep()
        {
            var most = 0;
            for (var end = loop.Now + _lifetime * 0.9; loop.Now < end;)
            {
                loop.RunUntil(loop.Now + _step);
                var requests = cognito.Requests;
                CallAll(_names);
                most = Math.Max(most, cognito.Requests - requests);
            }

            return most;
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static ServiceProvider Services(EventLoop loop, TenantCognito cognito)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(loop);
        services.AddSingleton<IBackgroundWork>(new LoopWork(loop));
        services.AddCognitoM2M();
        services.AddSingleton<IConfigureOptions<CognitoM2MClientOptions>, TenantOptions>();
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => cognito);
        return services.BuildServiceProvider();
    }

    private sealed class LoopWork(EventLoop loop) : IBackgroundWork
    {
        public void Start(Func<Task> work) => loop.Post(TimeSpan.Zero, () => _ = work());
    }

    /// <summary>Settings as a service has them that knows its tenants from a database.</summary>
    private sealed class TenantOptions : IConfigureNamedOptions<CognitoM2MClientOptions>
    {
        public void Configure(CognitoM2MClientOptions options) => Configure("", options);

        public void Configure(string? name, CognitoM2MClientOptions options)
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = $"id-of-{name}";
            options.ClientSecret = $"a-secret-as-long-as-those-of-cognito-are-for-{name}";
            options.Scopes = ["orders/read", "orders/write"];
            options.BaseAddress = new Uri("https://api.example.com/");
        }
    }
}
