namespace CognitoM2M.Secrets;

/// <summary>
/// The password of a user, and the client secret of the app client if it has one, as one secret. If Cognito refuses one of the two, both count as
/// refused. Tokens in the shared tier are sealed with both.
/// </summary>
internal sealed class UserCredential : Secret
{
    // Neither part can hold a control character.
    private const char Separator = '\n';

    private readonly Secret _password;
    private readonly Secret? _clientSecret;

    private UserCredential(Secret password, Secret? clientSecret)
    {
        (_password, _clientSecret) = (password, clientSecret);
        Identity = clientSecret is null ? password.Identity : $"{password.Identity}{Separator}{clientSecret.Identity}";
    }

    public override string Identity { get; }

    public override IEnumerable<SecretQuestion> Questions => Parts.SelectMany(part => part.Questions);

    public override bool IsCheap => Parts.Any(part => part.IsCheap) && Parts.All(part => part.IsCheap || part.IsFixed);

    public override bool IsFixed => Parts.All(part => part.IsFixed);

    public override bool Includes(Secret other) => this == other || Parts.Contains(other);

    private Secret[] Parts => _clientSecret is null ? [_password] : [_password, _clientSecret];

    public static UserCredential Create(string clientName, CognitoM2MClientOptions options, UserCredential? former)
    {
        var hasClientSecret = !string.IsNullOrEmpty(options.ClientSecret) || options.ClientSecretFile is not null || options.ClientSecretSource is not null;
        return new UserCredential(
            CreatePassword(clientName, options, former?._password),
            hasClientSecret ? CreateClientSecret(clientName, options, former?._clientSecret) : null);
    }

    /// <summary>Takes the secret apart that <see cref="GetAsync"/> returned.</summary>
    public static (string Password, string? ClientSecret) Split(string secret)
    {
        var end = secret.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? (secret, null) : (secret[..end], secret[(end + 1)..]);
    }

    public override async ValueTask<string> GetAsync(SecretRequest request)
    {
        // Both questions run at the same time: callers wait for one time limit.
        var clientSecret = _clientSecret?.GetAsync(request).AsTask();
        var password = _password.GetAsync(request).AsTask();
        if (clientSecret is not null)
            await Task.WhenAll(password, clientSecret).ConfigureAwait(false);
        return Join(await password.ConfigureAwait(false), clientSecret is null ? null : await clientSecret.ConfigureAwait(false));
    }

    public override async ValueTask<string?> GetOtherAsync(string refused, SecretRequest request)
    {
        var (password, clientSecret) = Split(refused);
        var otherSecret = clientSecret is null ? null : _clientSecret?.GetOtherAsync(clientSecret, request).AsTask();
        var otherPassword = _password.GetOtherAsync(password, request).AsTask();
        if (otherSecret is not null)
            await Task.WhenAll(otherPassword, otherSecret).ConfigureAwait(false);

        var (newPassword, newSecret) = (await otherPassword.ConfigureAwait(false), otherSecret is null ? null : await otherSecret.ConfigureAwait(false));
        return newPassword is null && newSecret is null ? null : Join(newPassword ?? password, newSecret ?? clientSecret);
    }

    private static string Join(string password, string? clientSecret) => clientSecret is null ? password : $"{password}{Separator}{clientSecret}";
}
