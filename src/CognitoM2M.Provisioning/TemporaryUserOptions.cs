namespace CognitoM2M.Provisioning;

/// <summary>Settings of a temporary user.</summary>
public sealed class TemporaryUserOptions
{
    /// <summary>Attributes by name, such as <c>given_name</c>.</summary>
    /// <value>Empty by default. In a user pool with addresses in place of user names, <c>email</c> and <c>email_verified</c> are added.</value>
    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The domain of the address of the user, in a user pool with addresses in place of user names.</summary>
    /// <value><c>example.invalid</c> by default. No mail reaches this domain, and no mail is sent to the user.</value>
    public string EmailDomain { get; set; } = "example.invalid";
}
