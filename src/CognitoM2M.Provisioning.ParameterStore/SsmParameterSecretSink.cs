using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.ParameterStore;

/// <summary>
/// Stores secrets in AWS Systems Manager Parameter Store, one SecureString parameter <c>{path}/{name of the app client}</c> for each app client.
/// Services read it with the package CognitoM2M.Aws, which does not need this package.
/// </summary>
/// <remarks>
/// The value is a JSON object with <c>ClientId</c>, <c>ClientSecret</c>, <c>ClientSecretId</c> and <c>UserPoolId</c>, so they change together. For a technical user, it
/// has <c>Username</c> and <c>Password</c>. The caller
/// needs <c>ssm:GetParameter</c>, <c>ssm:GetParameterHistory</c> and <c>ssm:PutParameter</c> on the path and everything below it, and <c>kms:Decrypt</c>, <c>kms:Encrypt</c> and
/// <c>kms:GenerateDataKey</c> on a key that it names. <see cref="PolicyOptions.SecretsPath"/> adds them to the policy.
/// </remarks>
public sealed class SsmParameterSecretSink : ISecretSink
{
    private readonly IAmazonSimpleSystemsManagement _client;
    private readonly string? _kmsKeyId;

    /// <summary>Creates a sink.</summary>
    /// <param name="client">The client of Parameter Store. It is not disposed.</param>
    /// <param name="path">The path of the parameters, such as <c>/acme/m2m</c>: 1 to 14 parts of letters, digits and <c>_.-</c>, each after a slash; not below <c>/aws</c> or <c>/ssm</c>.</param>
    /// <param name="kmsKeyId">The id, ARN or alias of the KMS key that encrypts the parameters; null by default: a parameter keeps its key, and a new one gets the key <c>alias/aws/ssm</c> of the account.</param>
    /// <exception cref="ArgumentException">The path does not have this form.</exception>
    public SsmParameterSecretSink(IAmazonSimpleSystemsManagement client, string path, string? kmsKeyId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(path);
        if (!ParameterStoreNames.IsPath(path))
            throw new ArgumentException($"'{path}' is not a path of parameters. {ParameterStoreNames.PathRule}", nameof(path));

        (_client, Path, _kmsKeyId) = (client, path, kmsKeyId);
    }

    /// <summary>The path of the parameters.</summary>
    public string Path { get; }

    /// <summary>Checks that parameters can be read: region, credentials and permission.</summary>
    /// <inheritdoc/>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken) => await ReadAsync(Path, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken) =>
        await ReadAsync(FindName(clientName), cancellationToken).ConfigureAwait(false) is { } value ? StoredSecret.Find(value, clientId) : null;

    /// <inheritdoc/>
    public async ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) =>
        await ReadAsync(FindName(clientName), cancellationToken).ConfigureAwait(false) is { } value ? StoredSecret.FindOwner(value) : null;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The parameter holds the secret of another app client, or something else.</exception>
    public async ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var former = await ReadAsync(FindName(credentials.ClientName), cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(former, credentials, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Parameter Store has no write under a condition. So the parameter is read just before it is written, and it is written only if that
    /// changes something.
    /// </remarks>
    /// <exception cref="InvalidDataException">The parameter holds the secret of another app client, or something else.</exception>
    public async ValueTask RefreshAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var former = await ReadAsync(FindName(credentials.ClientName), cancellationToken).ConfigureAwait(false);
        var held = former is null ? null : StoredSecret.Find(former, credentials.ClientId);
        await ReplaceAsync(former, credentials.Keep(held), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Settings without a password are not stored: a service finds them in its configuration.</remarks>
    /// <exception cref="InvalidDataException">No app client is named, or the parameter holds a secret or a password of another app client, or something else.</exception>
    public async ValueTask StoreUserAsync(UserCredentials user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Password is null)
            return;
        if (user is not { ClientName: { } clientName, ClientId: { } clientId })
            throw new InvalidDataException("A parameter is named after an app client, and none is named.");

        var name = FindName(clientName);
        var former = await ReadAsync(name, cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(name, former, StoredSecret.Write(user, former), clientId, user.MayReplaceOther, cancellationToken).ConfigureAwait(false);
    }

    private Task ReplaceAsync(string? former, AppClientCredentials credentials, CancellationToken cancellationToken) => ReplaceAsync(
        FindName(credentials.ClientName), former, StoredSecret.Write(credentials, former), credentials.ClientId, credentials.MayReplaceOther, cancellationToken);

    private async Task ReplaceAsync(string name, string? former, string value, string clientId, bool mayReplaceOther, CancellationToken cancellationToken)
    {
        if (await IsStoredAsync(name, former, value, cancellationToken).ConfigureAwait(false))
            return;

        if (former is not null && StoredSecret.FindOwner(former).ClientId != clientId && !mayReplaceOther)
            throw new InvalidDataException($"parameter '{name}' holds the secret of another app client, or something else. Choose another path.");

        var request = new PutParameterRequest
        {
            Name = name,
            Value = value,
            Type = ParameterType.SecureString,
            // A parameter that somebody else creates meanwhile stays as it is.
            Overwrite = former is not null,
            // A write without a key would encrypt the parameter with the key of the account.
            KeyId = _kmsKeyId ?? (former is null ? null : await FindKeyAsync(name, cancellationToken).ConfigureAwait(false)),
        };
        await CallAsync("ssm:PutParameter", name, () => _client.PutParameterAsync(request, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the parameter has this value and the wanted key. It is then not written: each write is a new version, and Parameter Store keeps 100.
    /// </summary>
    private async Task<bool> IsStoredAsync(string name, string? former, string value, CancellationToken cancellationToken) =>
        former == value
        && (_kmsKeyId is null || KmsKeyName.AreSame(_kmsKeyId, await FindKeyAsync(name, cancellationToken).ConfigureAwait(false)));

    /// <summary>The key that encrypts a parameter, as the caller who wrote the parameter named it; null if there is none.</summary>
    /// <remarks>
    /// The history alone names the key of one parameter. <c>ssm:DescribeParameters</c> names keys too, but its permission covers all parameters of
    /// the account. The history holds at most 100 versions, the newest last.
    /// </remarks>
    private async Task<string?> FindKeyAsync(string name, CancellationToken cancellationToken)
    {
        string? key = null;
        var request = new GetParameterHistoryRequest { Name = name, WithDecryption = false, MaxResults = 50 };
        do
        {
            var page = await CallAsync("ssm:GetParameterHistory", name, () => _client.GetParameterHistoryAsync(request, cancellationToken)).ConfigureAwait(false);
            if (page.Parameters is [.., var newest])
                key = newest.KeyId;
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return string.IsNullOrEmpty(key) ? null : key;
    }

    private async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetParameterRequest { Name = name, WithDecryption = true };
            return (await CallAsync("ssm:GetParameter", name, () => _client.GetParameterAsync(request, cancellationToken)).ConfigureAwait(false)).Parameter?.Value;
        }
        catch (ParameterNotFoundException)
        {
            return null;
        }
    }

    private string FindName(string clientName) => ParameterStoreNames.IsLastPart(clientName)
        ? $"{Path}/{clientName}"
        : throw new InvalidDataException($"The name of app client '{clientName}' cannot be part of the name of a parameter. Use letters, digits, '_', '.' and '-' in the name.");

    // A refusal can quote the request, and an exception for an unreadable answer quotes the answer. Both hold a secret, so only the name of
    // the error is passed on.
    private static async Task<T> CallAsync<T>(string action, string name, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (AmazonServiceException error) when (error is not ParameterNotFoundException)
        {
            throw CreateError(action, name, error.ErrorCode);
        }
    }

    private static IOException CreateError(string action, string name, string? errorCode) => new(
        $"{action} failed for parameter '{name}'{(ErrorName.IsSafe(errorCode, secret: null) ? $" with {errorCode}" : "")}. "
            + "Check network, region, credentials, and the permissions on the parameter and its key.");
}
