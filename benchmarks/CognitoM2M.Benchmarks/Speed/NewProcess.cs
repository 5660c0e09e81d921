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
/// Measures a new process from its first line to the response of its first call. All code runs for the first time. The token endpoint and
/// the API are on loopback, over TLS as with Cognito.
/// </summary>
internal static class NewProcess
{
    /// <summary>The command line argument of the measured processes.</summary>
    public const string Command = "first-call";

    private const string Ours = "ours";
    private const string HandWritten = "handwritten";

    /// <summary>Starts processes of both kinds in turn.</summary>
    /// <param name="processes">The number of processes of each kind.</param>
    /// <returns>The medians.</returns>
    public static async Task<IReadOnlyDictionary<string, Cost>> MeasureAsync(int processes)
    {
        using var certificate = CreateCertificate();
        await using var server = await StartServerAsync(certificate);
        var costs = new Dictionary<string, List<Cost>>(StringComparer.Ordinal) { [HandWritten] = [], [Ours] = [] };
        // The first process of each kind is not counted: the server is cold and the files are not in memory yet.
        for (var i = -1; i < processes; i++)
        {
            foreach (var (who, measured) in costs)
            {
                var cost = await StartAsync(who, server.Urls.Single(), Convert.ToBase64String(certificate.RawData));
                if (i >= 0)
                    measured.Add(cost);
            }
        }

        return costs.ToDictionary(pair => $"process.{pair.Key}", pair => Cost.ComputeMedian(pair.Value), StringComparer.Ordinal);
    }

    /// <summary>Runs in a measured process: makes one call and prints the cost.</summary>
    /// <param name="who">The kind of code to run.</param>
    /// <param name="address">The address of the token endpoint and the API.</param>
    /// <param name="certificate">The certificate to trust, in Base64.</param>
    public static async Task<int> RunAsync(string who, string address, string certificate)
    {
        var start = Stopwatch.GetTimestamp();
        var api = new Uri(address);
        var tokenEndpoint = new Uri(api, "oauth2/token");
        await (who == Ours ? CallWithLibraryAsync(api, tokenEndpoint, certificate) : CallByHandAsync(api, tokenEndpoint, certificate));

        var took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.TotalNanoseconds} {GC.GetTotalAllocatedBytes()}"));
        return 0;
    }

    // Separate methods, so that a process loads only the code that it calls.
    private static async Task CallWithLibraryAsync(Uri api, Uri tokenEndpoint, string certificate)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => CreateHandler(certificate));
        OurClient.Add(services, api, tokenEndpoint).ConfigurePrimaryHttpMessageHandler(() => CreateHandler(certificate));
        await using var provider = services.BuildServiceProvider();
        await OurClient.CallAsync(provider);
    }

    private static async Task CallByHandAsync(Uri api, Uri tokenEndpoint, string certificate)
    {
        var services = new ServiceCollection();
        HandWrittenClient.Add(services, api, () => CreateHandler(certificate), () => CreateHandler(certificate));
        await using var provider = services.BuildServiceProvider();
        await HandWrittenClient.CallAsync(provider, tokenEndpoint);
    }

    private static SocketsHttpHandler CreateHandler(string certificate) => new()
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
        // On Windows, a server can only use a certificate whose key was in a store or a file before.
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
            await context.Response.WriteAsync(StubTokenEndpoint.Response);
        });
        await app.StartAsync();
        return app;
    }
}
