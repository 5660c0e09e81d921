using CognitoM2M.AspNetCore.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Starts the download of the key sets when the host starts, so that the first caller need not wait for it. The host does not wait; the
/// verifier logs a download that fails.
/// </summary>
internal sealed class KeySetLoader(IEnumerable<RegisteredScheme> schemes, IOptionsMonitor<CognitoM2MAuthenticationOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var scheme in schemes)
        {
            if (options.Get(scheme.Name) is { LoadKeysAtStart: true } settings)
                _ = settings.Verifier.LoadKeysAsync(CancellationToken.None).AsTask();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
