using Company.Worker;

// In the namespace of the host, so that a file that builds a host finds the method.
namespace Microsoft.Extensions.Hosting;

/// <summary>The services of the worker. The tests of the worker add the same services.</summary>
public static class WorkerServices
{
    public static void AddWorker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddCognitoM2MClient("worker", builder.Configuration.GetSection("CognitoM2M:Clients:worker"));
        builder.Services.AddHostedService<ApiCaller>();
    }
}
