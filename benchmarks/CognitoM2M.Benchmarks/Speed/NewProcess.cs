using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>
/// How long a new process takes from its first line to the answer of its first call: all code runs for the first time, and token and
/// answer come over loopback, over TLS, since Cognito speaks nothing else.
/// </summary>
internal static class NewProcess
{
    /// <summary>The command of the processes that are started.</summary>
    public const string Command = "first-call";

    private const string Ours = "ours";
    private const string HandWritten = "handwritten";

    /// <summary>Starts as many of each kind, in turn; the medians count.</summary>
    public static async Task<IReadOnlyDictionary<string, Cost>> MeasureAsync(int processes)
    {
        using var certificate = CreateCertificate();
        await using var server = await StartServerAsync(certificate);
        var costs = new Dictionary<string, List<Cost>>(StringComparer.Ordinal) { [HandWritten] = [], [Ours] = [] };
        // The first of each finds a cold server, and files that are not in memory.
        for (var i = -1; i < processes; i++)
        {
            foreach (var (who, measured) in costs)
            {
                var cost = await StartAsync(who, server.Urls.Single(), Convert.ToBase64String(certificate.RawData));
                if (i >= 0)
                    measured.Add(cost);
            }
        }

        return costs.ToDictionary(pair => $"process.{pair.Key}", pair => Cost.Median(pair.Value), StringComparer.Ordinal);
    }

    /// <summary>What such a process does.</summary>
    /// <param name="who">Whose code it is to run.</param>
    /// <param name="address">Where token endpoint and API are.</param>
    /// <param name="certificate">The certificate to trust, in Base64.</param>
    public static async Task<int> RunAsync(string who, string address, string certificate)
    {
        var start = Stopwatch.GetTimestamp();
        var api = new Uri(address);
        var tokenEndpoint = new Uri(api, "oauth2/token");
        await (who == Ours ? CallByUsAsync(api, tokenEndpoint, certificate) : CallByHandAsync(api, tokenEndpoint, certificate));

        var took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.TotalNanoseconds} {GC.GetTotalAllocatedBytes()}"));
        return 0;
    }

    // Apart, so that a process loads what it calls and nothing else.
    private static async Task CallByUsAsync(Uri api, Uri tokenEndpoint, string certificate)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => Trusting(certificate));
        OurClient.Add(services, api, tokenEndpoint).ConfigurePrimaryHttpMessageHandler(() => Trusting(certificate));
        await using var provider = services.BuildServiceProvider();
        await OurClient.CallAsync(provider);
    }

    private static async Task CallByHandAsync(Uri api, Uri tokenEndpoint, string certificate)
    {
        var services = new ServiceCollection();
        HandWrittenClient.Add(services, api, () => Trusting(certificate), () => Trusting(certificate));
        await using var provider = services.BuildServiceProvider();
        await HandWrittenClient.CallAsync(provider, tokenEndpoint);
    }

    private static SocketsHttpHandler Trusting(string certificate) => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, theirs, _, _) => Convert.ToBase64String(theirs!.GetRawCertData()) == certificate },
    };

    private static async Task<Cost> StartAsync(string who, string address, string certificate)
    {
        var figures = (await OwnProcess.ReadAsync(Command, who, address, certificate)).Split(' ');
        return new Cost(double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        // Windows serves no certificate whose key was never in a store or a file.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }

    private static async Task<WebApplication> StartServerAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.Run(async context =>
        {
            if (context.Request.Path != "/oauth2/token")
                return;

            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(StubTokenEndpoint.Answer);
        });
        await app.StartAsync();
        return app;
    }
}
