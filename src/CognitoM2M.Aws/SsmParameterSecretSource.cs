using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using CognitoM2M.Shared;

namespace CognitoM2M.Aws;

/// <summary>
/// Reads the secret of an app client, or the password of a user, from a SecureString parameter of AWS Systems Manager Parameter Store, or from
/// a secret of AWS Secrets Manager through its parameter <c>/aws/reference/secretsmanager/NAME</c>.
/// </summary>
/// <remarks>
/// The value is the secret alone (white space around it does not count), or a JSON object with the member <see cref="MemberName"/> (in any case), such as
/// <c>cognito-m2m apply --secrets ssm:/path</c> stores. The caller needs <c>ssm:GetParameter</c>, and <c>kms:Decrypt</c> for a key of its own;
/// for Secrets Manager, <c>secretsmanager:GetSecretValue</c>.
/// </remarks>
public sealed class SsmParameterSecretSource : ICognitoSecretSource
{
    internal const string PasswordMember = "Password";

    private const string ClientSecretMember = "ClientSecret";

    private readonly Func<IAmazonSimpleSystemsManagement> _client;

    /// <summary>Creates a source for one parameter.</summary>
    /// <param name="client">The client of Parameter Store. It is not disposed.</param>
    /// <param name="parameterName">The full name of the parameter, such as <c>/acme/orders</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public SsmParameterSecretSource(IAmazonSimpleSystemsManagement client, string parameterName)
        : this(() => client, parameterName) => ArgumentNullException.ThrowIfNull(client);

    internal SsmParameterSecretSource(Func<IAmazonSimpleSystemsManagement> client, string parameterName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(parameterName);
        _client = client;
        ParameterName = parameterName;
    }

    /// <summary>The full name of the parameter.</summary>
    public string ParameterName { get; }

    /// <summary>The member that holds the secret if the value of the parameter is a JSON object.</summary>
    /// <value><c>ClientSecret</c> by default. Set it to <c>Password</c> for the password of a user.</value>
    public string MemberName { get; init; } = ClientSecretMember;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such SecureString parameter, it cannot be read, or it holds no secret.</exception>
    public async ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken)
    {
        var request = new GetParameterRequest { Name = ParameterName, WithDecryption = true };
        try
        {
            var answer = await _client().GetParameterAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.Parameter?.Type != ParameterType.SecureString)
                throw CreateError("is not of type SecureString, so its value is not encrypted. Store the secret as a SecureString.");

            return ReadSecret(answer.Parameter.Value);
        }
        catch (ParameterNotFoundException)
        {
            throw CreateError("does not exist in this account and region. Check the name and the region.");
        }
        catch (AmazonServiceException refusal) when (refusal.ErrorCode == "AccessDeniedException")
        {
            throw CreateError("may not be read. Allow ssm:GetParameter on it, and kms:Decrypt on its key.");
        }
        catch (AmazonServiceException error)
        {
            // The cause is left out: an exception for an unreadable answer quotes the answer, which holds the secret.
            var name = ErrorName.IsSafe(error.ErrorCode, secret: null) ? $" ({error.ErrorCode})" : "";
            throw CreateError($"could not be read{name}. Check the network and the region.");
        }
    }

    private string ReadSecret(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw CreateError("is empty.");
        value = value.Trim();
        if (value[0] != '{')
            return value;

        try
        {
            using var document = JsonDocument.Parse(value);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (string.Equals(member.Name, MemberName, StringComparison.OrdinalIgnoreCase)
                    && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { Length: > 0 } secret)
                {
                    return secret;
                }
            }
        }
        catch (JsonException)
        {
            // The cause is left out, because its message can quote the value.
            throw CreateError($"holds a value that begins like a JSON object and is not a JSON object. Write a secret that begins with {{ as a JSON object with a member {MemberName}.");
        }

        throw CreateError($"holds a JSON object that has no member {MemberName} with a text.");
    }

    private InvalidOperationException CreateError(string problem) => new($"The parameter '{ParameterName}' {problem}");
}
