namespace CognitoM2M.Emulator;

/// <summary>Where the emulator shows its page.</summary>
public enum EmulatorPage
{
    /// <summary>
    /// To a browser on the same machine: the request came to a loopback address and names <c>localhost</c> or a loopback address as its host.
    /// </summary>
    Loopback,

    /// <summary>On every address that the emulator listens on. Everybody who reaches one of them can read secrets.</summary>
    AllAddresses,

    /// <summary>Nowhere.</summary>
    Off,
}
