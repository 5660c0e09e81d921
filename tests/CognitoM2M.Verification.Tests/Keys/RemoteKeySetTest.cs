using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>Base of the tests of a downloaded key set: a stub server, and a clock that the test moves.</summary>
public abstract class RemoteKeySetTest : IDisposable
{
    private protected RemoteKeySetTest() => KeySet = Setup.CreateKeySet();

    private protected static string AccessId => TestKey.Access.Id;

    private protected VerifierSetup Setup { get; } = new();

    private protected RemoteKeySet KeySet { get; }

    private protected KeySetServer Server => Setup.Server;

    public void Dispose()
    {
        Setup.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken = default) => KeySet.FindAsync(keyId, cancellationToken).AsTask();

    /// <summary>Whether the usual key is held, so that a token of this key is verified without waiting.</summary>
    private protected bool HoldsUsualKey() => KeySet.FindHeld(AccessId) is { Key: not null };

    private protected async Task WaitForDownloadAsync()
    {
        while (KeySet.InFlight is { } inFlight)
            await inFlight;
    }

    /// <summary>Waits until a request has reached the server and its time limit is running.</summary>
    private protected async Task WaitForRequestAsync(int requests = 1)
    {
        while (Server.Requests < requests || Setup.Clock.NextTimerIn == TimeSpan.MaxValue)
            await Task.Yield();
    }
}
