using CognitoM2M.AspNetCore.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Has the key sets read while the host starts, so that the first caller need not wait. Nothing waits for it: the verifier logs what fails.</summary>
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
