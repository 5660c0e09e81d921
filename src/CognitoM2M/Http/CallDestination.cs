using CognitoM2M.Cache;
using CognitoM2M.Settings;
using CognitoM2M.Shared;

namespace CognitoM2M.Http;

/// <summary>
/// Decides for the messages of one handler chain whether they may take the token to where they go. What the configuration says about hosts is
/// about the address that the caller used. What it says about encryption is about the address that the message really goes to.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="overrides">The tokens that the handler sent for overrides.</param>
internal sealed class CallDestination(Lazy<AppClient> client, SentOverrides overrides)
{
    private readonly ResolvedHosts _plainHttpHosts = new();

    /// <summary>Whether handlers outside of the token handler may change addresses. The address of the caller is then recorded.</summary>
    public bool IsChangedBefore { get; set; }

    /// <summary>Whether handlers behind the token handler may change addresses. The address that they chose is then checked.</summary>
    public bool IsChangedAfter { get; set; }

    /// <summary>Keeps the address that the caller used, if it can matter.</summary>
    public void Record(HttpRequestMessage message)
    {
        if (NeedsRecord())
            CalledAddress.Record(this, message);
    }

    /// <summary>Records the address as the handlers before a position of the chain have changed it, if it can matter.</summary>
    public void Follow(HttpRequestMessage message, int position)
    {
        if (NeedsRecord())
            CalledAddress.Follow(this, message, position);
    }

    /// <summary>
    /// Forgets the address that the caller used, unless the answer is a failure that a retry handler repeats. An answer can name another
    /// address, and a handler may follow it. The allowed address that the caller used must not permit the token at the new address.
    /// </summary>
    public void ForgetAfter(HttpResponseMessage response, HttpRequestMessage message)
    {
        if (!IsChangedBefore || IsRepeatable(response))
            return;

        Forget(message);
    }

    /// <summary>Forgets the address that the caller used. Reads no settings: an answer that is there must not be lost with a client that was removed.</summary>
    public void Forget(HttpRequestMessage message)
    {
        if (IsChangedBefore)
            CalledAddress.Close(message);
    }

    /// <summary>Whether the message may get the token.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="message">The message.</param>
    /// <param name="next">The handler that the message goes to next.</param>
    public bool Allows(TokenDestination rules, HttpRequestMessage message, HttpMessageHandler? next) =>
        (rules.Allows(message.RequestUri)
            && (!rules.IsRestricted || message.Headers.NonValidated.Count == 0 || message.Headers.Host is null)
            && (IsChangedAfter || FindProxyRefusal(message.RequestUri!, next) is null))
        || FindRefusal(rules, message, next) is null;

    /// <summary>Whether the user accepts plain http for an address, or for a name that was resolved to it.</summary>
    public bool AcceptsPlainHttp(Uri address) => client.Value.Current.Settings.Destination.IsSafe(address) || _plainHttpHosts.Contains(address);

    /// <exception cref="CognitoTokenException">The message must not get the token.</exception>
    public void Check(HttpRequestMessage message, HttpMessageHandler? next)
    {
        if (FindRefusal(client.Value.Current.Settings.Destination, message, next) is { } refusal)
            throw CreateException(refusal);
    }

    /// <summary>Checks a message that leaves the process, after other handlers may have changed its address.</summary>
    /// <exception cref="CognitoTokenException">The message takes the token to an address without encryption, or past a proxy that can read it.</exception>
    public void CheckOutgoing(HttpRequestMessage message, HttpMessageHandler? next)
    {
        if (message.RequestUri is not { IsAbsoluteUri: true } address || CallScheme.IsHttps(address) || !CarriesToken(message))
            return;

        if (!IsSafe(client.Value.Current.Settings.Destination, address, FindCalled(message, address)))
            throw CreateException(TokenDestination.ExplainUnsafe(address));
        if (FindProxyRefusal(address, next) is { } refusal)
            throw CreateException(refusal);
    }

    private bool NeedsRecord()
    {
        var rules = client.Value.Current.Settings.Destination;
        return (IsChangedBefore && rules.IsRestricted) || rules.AcceptsPlainHttp;
    }

    private static bool IsRepeatable(HttpResponseMessage response) =>
        (int)response.StatusCode >= 400
        && response.Headers.Location is null
        && !response.Headers.NonValidated.Contains("Refresh")
        && !response.Headers.NonValidated.Contains("Link");

    private static Uri? ParseHostHeader(string host, Uri address) =>
        Uri.TryCreate($"{(CallScheme.IsHttps(address) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{host}/", UriKind.Absolute, out var named)
        && named.AbsolutePath == "/"
        && named.UserInfo.Length == 0
            ? named
            : null;

    private static string? FindProxyRefusal(Uri address, HttpMessageHandler? next) =>
        PrimaryHandler.FindReadingProxy(next, address) is { } proxy ? TokenDestination.ExplainProxied(address, proxy) : null;

    private string? FindRefusal(TokenDestination rules, HttpRequestMessage message, HttpMessageHandler? next)
    {
        if (message.RequestUri is not { IsAbsoluteUri: true } address)
            return "The request has no absolute address. Set BaseAddress, or call an absolute address.";

        // A handler behind this one may choose one of several schemes. Its choice is checked when the message is sent.
        var isSafe = rules.IsSafe(address) || (IsChangedAfter && CallScheme.IsChoice(address));
        var isNamed = rules.Names(address);
        var host = rules.IsRestricted ? message.Headers.Host : null;
        if (isSafe && isNamed && host is null)
            return IsChangedAfter ? null : FindProxyRefusal(address, next);

        var called = FindCalled(message, address);
        if (!isSafe && !IsSafe(rules, address, called))
            return TokenDestination.ExplainUnsafe(address);
        if (!isNamed && (called is null || !rules.Names(called)))
            return rules.ExplainUnnamed(address, called);
        if (host is not null && !AllowsHostHeader(rules, host, address, called))
            return rules.ExplainHostHeader(host);
        return IsChangedAfter ? null : FindProxyRefusal(address, next);
    }

    private bool IsSafe(TokenDestination rules, Uri address, Uri? called)
    {
        if (rules.IsSafe(address))
            return true;
        if (!rules.IsSafe(address, called))
            return false;

        _plainHttpHosts.Add(address);
        return true;
    }

    // The name of a gRPC channel comes first, because the handlers of the channel get and record the address that the channel chose.
    private Uri? FindCalled(HttpRequestMessage message, Uri address) =>
        GrpcBalancing.FindCalled(message, address) ?? (IsChangedBefore || IsChangedAfter ? CalledAddress.Find(this, message) : null);

    /// <summary>A Host header may name the host that the message goes to, the host that the caller used, and every configured host.</summary>
    private static bool AllowsHostHeader(TokenDestination rules, string host, Uri address, Uri? called)
    {
        if (ParseHostHeader(host, address) is not { } named)
            return false;

        var namesPort = HostEntry.NamesPort(host);
        return rules.Names(named)
            || IsMeantBy(address)
            || (called is not null && IsMeantBy(called));

        bool IsMeantBy(Uri other) => CallScheme.IsSameHost(named, other) && (!namesPort || CallScheme.HasPort(other, named.Port));
    }

    // A handler may have copied the message without its options, which say what the token was requested for.
    private bool CarriesToken(HttpRequestMessage message) =>
        AuthorizationHeader.TryRead(message, out var header)
        && header.ToString() is var value
        && (client.Value.Current.HasIssued(value, TokenOverride.Find(message)) || overrides.Find(value) is not null);

    private CognitoTokenException CreateException(string hint) => new(client.Value.Name, CognitoTokenErrors.DestinationNotAllowed, hint);
}
