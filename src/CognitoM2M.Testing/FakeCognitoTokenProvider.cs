namespace CognitoM2M.Testing;

/// <summary>
/// A token provider for unit tests of code that injects <see cref="ICognitoTokenProvider"/>. It gives what the test sets and records what the
/// code asks for. No network, no clock. All members are thread-safe.
/// </summary>
public sealed class FakeCognitoTokenProvider : ICognitoTokenProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTokenCall> _calls = [];
    private volatile CognitoAccessToken _token = new("fake-token", DateTimeOffset.MaxValue);
    private volatile CognitoAccessToken? _replacement;
    private volatile Exception? _failure;

    /// <summary>The token that callers get.</summary>
    /// <value>By default <c>fake-token</c> without scopes, which never expires.</value>
    public CognitoAccessToken Token
    {
        get => _token;
        set => _token = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The token that callers get for a rejected one.</summary>
    /// <value>Null by default: there is no other token, and the caller must not try again.</value>
    public CognitoAccessToken? Replacement
    {
        get => _replacement;
        set => _replacement = value;
    }

    /// <summary>What <c>GetTokenAsync</c> throws, for example a <see cref="CognitoTokenException"/>.</summary>
    /// <value>Null by default: callers get <see cref="Token"/>.</value>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>The calls so far, oldest first.</summary>
    public IReadOnlyList<FakeTokenCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <inheritdoc/>
    public ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CancellationToken cancellationToken = default) =>
        GetTokenAsync(clientName, request: null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CognitoAccessToken> GetTokenAsync(
        string clientName, CognitoTokenRequest? request, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        Record(new FakeTokenCall(clientName, request, rejectedToken: null));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<CognitoAccessToken>(cancellationToken);
        return _failure is { } failure ? ValueTask.FromException<CognitoAccessToken>(failure) : ValueTask.FromResult(_token);
    }

    /// <inheritdoc/>
    public ValueTask<CognitoAccessToken?> ReplaceRejectedTokenAsync(
        string clientName, CognitoAccessToken rejectedToken, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        ArgumentNullException.ThrowIfNull(rejectedToken);
        Record(new FakeTokenCall(clientName, request, rejectedToken));
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<CognitoAccessToken?>(cancellationToken)
            : ValueTask.FromResult(_replacement);
    }

    private void Record(FakeTokenCall call)
    {
        lock (_gate)
            _calls.Add(call);
    }
}
