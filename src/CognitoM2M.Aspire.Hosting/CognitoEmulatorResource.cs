using Aspire.Hosting.ApplicationModel;
using CognitoM2M.Emulator;

namespace CognitoM2M.Aspire.Hosting;

/// <summary>An emulated Cognito that runs in the process of the app host and ends with it.</summary>
public sealed class CognitoEmulatorResource : Resource, IResourceWithWaitSupport
{
    private readonly TaskCompletionSource<CognitoEmulator> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _blueprints = [];

    internal CognitoEmulatorResource(string name, int? port)
        : base(name) => Port = port;

    /// <summary>The port on 127.0.0.1.</summary>
    /// <value>Null for any free port.</value>
    public int? Port { get; }

    /// <summary>The AWS region of user pools and issuers.</summary>
    /// <value><c>eu-west-1</c> by default.</value>
    public string Region { get; internal set; } = "eu-west-1";

    /// <summary>The file that keeps user pools, secrets and signing keys over a restart of the app host.</summary>
    /// <value>Null by default: nothing is kept.</value>
    public string? StateFile { get; internal set; }

    /// <summary>The blueprints that the emulator starts with, as full paths.</summary>
    public IReadOnlyList<string> Blueprints => _blueprints;

    /// <summary>The emulator itself, when it has started and the blueprints have been applied. For tests and for faults.</summary>
    /// <remarks>The task fails with the reason if the emulator cannot start.</remarks>
    public Task<CognitoEmulator> Emulator => _started.Task;

    internal void AddBlueprint(string path) => _blueprints.Add(path);

    internal void SetStarted(CognitoEmulator emulator) => _started.TrySetResult(emulator);

    internal void SetFailed(Exception error) => _started.TrySetException(error);
}
