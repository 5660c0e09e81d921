using Amazon.SimpleSystemsManagement;

namespace CognitoM2M.Aws;

/// <summary>Takes client secrets and passwords from AWS Systems Manager Parameter Store.</summary>
public static class CognitoM2MParameterStoreExtensions
{
    // The process has one client, because each client has its own connections and asks for its own credentials.
    private static readonly Lazy<IAmazonSimpleSystemsManagement> _default = new(() => new AmazonSimpleSystemsManagementClient());

    /// <summary>
    /// Takes the secret of this app client from a SecureString parameter, or from a secret of AWS Secrets Manager
    /// (<c>/aws/reference/secretsmanager/NAME</c>). Replaces <see cref="CognitoM2MClientOptions.ClientSecret"/> and
    /// <see cref="CognitoM2MClientOptions.ClientSecretFile"/>.
    /// </summary>
    /// <param name="options">The settings of the app client.</param>
    /// <param name="parameterName">The full name of the parameter, such as <c>/acme/orders</c>. See <see cref="SsmParameterSecretSource"/>.</param>
    /// <param name="client">
    /// The client of Parameter Store. Null by default: one client for the process, with region and credentials as every AWS tool finds them.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static void UseParameterStore(this CognitoM2MClientOptions options, string parameterName, IAmazonSimpleSystemsManagement? client = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ClientSecretSource = new SsmParameterSecretSource(() => client ?? _default.Value, parameterName);
        options.ClientSecret = null;
        options.ClientSecretFile = null;
    }

    /// <summary>
    /// Takes the password of the user from a SecureString parameter, or from a secret of AWS Secrets Manager
    /// (<c>/aws/reference/secretsmanager/NAME</c>). Replaces <see cref="CognitoM2MClientOptions.Password"/> and
    /// <see cref="CognitoM2MClientOptions.PasswordFile"/>.
    /// </summary>
    /// <param name="options">The settings of the client.</param>
    /// <param name="parameterName">The full name of the parameter, such as <c>/acme/robot</c>. Its value is the password, or a JSON object with a member <c>Password</c>.</param>
    /// <param name="client">
    /// The client of Parameter Store. Null by default: one client for the process, with region and credentials as every AWS tool finds them.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static void UseParameterStoreForPassword(this CognitoM2MClientOptions options, string parameterName, IAmazonSimpleSystemsManagement? client = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PasswordSource = new SsmParameterSecretSource(() => client ?? _default.Value, parameterName) { MemberName = SsmParameterSecretSource.PasswordMember };
        options.Password = null;
        options.PasswordFile = null;
    }
}
