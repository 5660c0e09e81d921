using CognitoM2M.AspNetCore.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Starts the download of the key sets when the host starts, and when the settings change, so that the first caller need not wait for it. The
/// host does not wait; the verifier logs a download that fails.
/// </summary>
internal sealed class KeySetLoader(IEnumerable<RegisteredScheme> schemes, IOptionsMonitor<CognitoM2MAuthenticationOptions> options)
    : IHostedService, IDisposable
{
    private IDisposable? _changes;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var scheme in schemes)
            Load(options.Get(scheme.Name));
        _changes = options.OnChange((changed, _) => Load(changed));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _changes?.Dispose();

    private static void Load(CognitoM2MAuthenticationOptions settings)
    {
        if (settings.LoadKeysAtStart)
            _ = settings.Verifier.LoadKeysAsync(CancellationToken.None).AsTask();
    }
}
