namespace CognitoM2M.Provisioning;

/// <summary>The app client whose secret a sink holds under a name.</summary>
public sealed record SecretOwner
{
    /// <summary>The id of the app client.</summary>
    /// <value>Null if the sink holds a text under the name, but the text belongs to no known app client.</value>
    public string? ClientId { get; init; }

    /// <summary>The id of the user pool of the app client.</summary>
    /// <value>Null if the sink does not know it.</value>
    public string? UserPoolId { get; init; }

    /// <summary>Whether the app client is one of an emulator.</summary>
    public bool IsEmulated { get; init; }
}
