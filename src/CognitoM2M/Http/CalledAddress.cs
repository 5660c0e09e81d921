using CognitoM2M.Settings;

namespace CognitoM2M.Http;

/// <summary>
/// The address that the caller used, kept on the message while handlers resolve or rewrite the address. Each handler is judged by what it made
/// of the address that it got: the address of the caller counts as long as every handler has left the message with the same service.
/// </summary>
/// <remarks>Immutable, because copies of a message are sent at the same time. They share the first record, so closing it closes it for every copy.</remarks>
internal sealed class CalledAddress
{
    private static readonly HttpRequestOptionsKey<CalledAddress> _key = new("CognitoM2M.CalledAddress");

    private readonly CallDestination _recordedFor;
    private readonly CalledAddress _first;
    private readonly CalledAddress? _former;
    private readonly Uri? _address;
    private readonly int _position;
    private readonly bool _counts;
    private volatile bool _isClosed;

    /// <param name="recordedFor">The rules of the handler chain that the message went into. No other chain believes the record.</param>
    /// <param name="address">The address that the caller used.</param>
    private CalledAddress(CallDestination recordedFor, Uri? address)
    {
        (_recordedFor, _first) = (recordedFor, this);
        _address = address is { IsAbsoluteUri: true } ? address : null;
        _counts = _address is not null;
    }

    /// <param name="former">The record before a handler changed the address.</param>
    /// <param name="address">The address that the handler made of it.</param>
    /// <param name="position">The position behind the handler in its chain.</param>
    private CalledAddress(CalledAddress former, Uri address, int position)
    {
        (_recordedFor, _first, _former, _address, _position) = (former._recordedFor, former._first, former, address, position);
        _counts = former._counts && !_first._isClosed && IsSameService(former._address!, address);
    }

    /// <summary>Records the address of a message that a caller hands over. Replaces the record of an earlier call with the same message.</summary>
    public static void Record(CallDestination destination, HttpRequestMessage message) =>
        message.Options.Set(_key, new CalledAddress(destination, message.RequestUri));

    /// <summary>Records the address as the handlers before a position of the chain have changed it.</summary>
    public static void Follow(CallDestination destination, HttpRequestMessage message, int position)
    {
        if (!message.Options.TryGetValue(_key, out var latest)
            || !ReferenceEquals(latest._recordedFor, destination)
            || message.RequestUri is not { IsAbsoluteUri: true } address)
        {
            return;
        }

        // A retry handler sends a message again, so there may be records of positions behind this one.
        var before = latest;
        while (before._position >= position && before._former is { } former)
            before = former;

        var now = before._address != address ? new CalledAddress(before, address, position)
            // The handler sends the same message to the same address once more, so the address does not come from a response.
            : before._first._isClosed ? before.Renew()
            : before;
        if (!ReferenceEquals(now, latest))
            message.Options.Set(_key, now);
    }

    /// <summary>The address that the caller of this message used; null if it is not known, or counts no longer.</summary>
    public static Uri? Find(CallDestination destination, HttpRequestMessage message) =>
        message.Options.TryGetValue(_key, out var record)
        && ReferenceEquals(record._recordedFor, destination)
        && record._counts
        && !record._first._isClosed
            ? record._first._address
            : null;

    /// <summary>
    /// Makes the record count no longer, on this message and on all copies of it. It counts again for a message that a handler sends once more to
    /// the address that the handler got.
    /// </summary>
    public static void Close(HttpRequestMessage message)
    {
        if (message.Options.TryGetValue(_key, out var record))
            record._first._isClosed = true;
    }

    /// <summary>The same records as if the caller had handed the message over now. Those that do not count stay so.</summary>
    private CalledAddress Renew() => !_counts ? this
        : _former is null ? new CalledAddress(_recordedFor, _address)
        : new CalledAddress(_former.Renew(), _address!, _position);

    /// <summary>
    /// Whether a handler has left the message with the same service. It may change path and query, or it may resolve the host: then the query
    /// stays, and so does the path, before which service discovery puts the path of an endpoint. A handler that changes all of them sends the
    /// message to another service.
    /// </summary>
    private static bool IsSameService(Uri former, Uri address) =>
        CallScheme.IsSameOrigin(former, address)
        || (former.Query == address.Query && address.AbsolutePath.EndsWith(former.AbsolutePath, StringComparison.Ordinal));
}
