namespace CognitoM2M.Testing;

/// <summary>A call that a <see cref="FakeCognitoTokenProvider"/> recorded.</summary>
public sealed class FakeTokenCall
{
    internal FakeTokenCall(string clientName, CognitoTokenRequest? request, CognitoAccessToken? rejectedToken)
    {
        ClientName = clientName;
        Request = request;
        RejectedToken = rejectedToken;
    }

    /// <summary>The name of the client.</summary>
    public string ClientName { get; }

    /// <summary>What the caller asked for instead of the client's own settings.</summary>
    /// <value>Null if the caller asked for nothing else.</value>
    public CognitoTokenRequest? Request { get; }

    /// <summary>The token that the caller reported as rejected.</summary>
    /// <value>Null for a call of <c>GetTokenAsync</c>.</value>
    public CognitoAccessToken? RejectedToken { get; }
}
