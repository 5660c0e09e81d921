namespace CognitoM2M.Provisioning;

/// <summary>Settings of a technical user whose password goes to a sink.</summary>
public sealed class TechnicalUserOptions
{
    /// <summary>The name that the user signs in with.</summary>
    /// <value>
    /// 1 to 128 characters without white space. In a user pool with addresses in place of user names, an email address. Null by default: the user gets the
    /// name of a temporary user, by which <see cref="CognitoProvisioner.ListTemporaryUsersAsync"/> finds it.
    /// </value>
    public string? Username { get; set; }

    /// <summary>The name of the app client that the user signs in with. Sinks store the password under this name.</summary>
    /// <value>Null by default: the sink must know by itself what the password is for.</value>
    public string? ClientName { get; set; }

    /// <summary>Attributes by name, such as <c>given_name</c>.</summary>
    /// <value>Empty by default. In a user pool with addresses in place of user names, <c>email</c> and <c>email_verified</c> are added.</value>
    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc cref="TemporaryUserOptions.EmailDomain"/>
    public string EmailDomain { get; set; } = new TemporaryUserOptions().EmailDomain;

    /// <summary>Whether the password may replace a secret or a password of another app client that the sink holds under the same name.</summary>
    /// <value><see langword="false"/> by default: such a case is an error, and no user is created.</value>
    public bool ReplaceOtherSecrets { get; set; }
}
