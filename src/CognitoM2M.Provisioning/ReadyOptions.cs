namespace CognitoM2M.Provisioning;

/// <summary>Settings of the wait until app clients get tokens. Each check is a token request, and AWS charges for token requests.</summary>
public sealed class ReadyOptions
{
    /// <summary>How long to wait.</summary>
    /// <value>5 minutes by default. A new custom domain can take an hour.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two requests for the same app client.</summary>
    /// <value>5 seconds by default; more than zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan Interval
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait after a domain was created, before its name is looked up for the first time.</summary>
    /// <value>20 seconds by default. A resolver that looks up a name too early remembers that it is missing, some resolvers for 15 minutes.</value>
    public TimeSpan FirstLookupAfter { get; set; } = TimeSpan.FromSeconds(20);
}
