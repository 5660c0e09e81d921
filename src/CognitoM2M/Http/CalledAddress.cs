namespace CognitoM2M.Http;

/// <summary>
/// The address that the caller used, kept on the message while handlers resolve or rewrite the address. All copies of the message share it,
/// so that closing it closes it for every copy.
/// </summary>
/// <param name="recordedFor">The rules of the handler chain that the message went into. No other chain believes the record.</param>
/// <param name="address">The address.</param>
internal sealed class CalledAddress(CallDestination recordedFor, Uri? address)
{
    private static readonly HttpRequestOptionsKey<CalledAddress> _key = new("CognitoM2M.CalledAddress");

    private volatile bool _isClosed;

    /// <summary>Records the address of a message that a caller hands over. Replaces the record of an earlier call with the same message.</summary>
    public static void Record(CallDestination destination, HttpRequestMessage message) =>
        message.Options.Set(_key, new CalledAddress(destination, message.RequestUri));

    /// <summary>The address that the caller of this message used; null if it is not known, or counts no longer.</summary>
    public static Uri? Find(CallDestination destination, HttpRequestMessage message) =>
        message.Options.TryGetValue(_key, out var record) && record.IsFor(destination) ? record.Address : null;

    /// <summary>Makes the record count no longer, on this message and on all copies of it.</summary>
    public static void Close(HttpRequestMessage message)
    {
        if (message.Options.TryGetValue(_key, out var record))
            record._isClosed = true;
    }

    private Uri? Address { get; } = address is { IsAbsoluteUri: true } ? address : null;

    private bool IsFor(CallDestination destination) => !_isClosed && ReferenceEquals(recordedFor, destination);
}
