namespace CognitoM2M.Secrets;

/// <summary>A secret that stands in the options.</summary>
internal sealed class FixedClientSecret(string secret) : ClientSecret
{
    public override string Identity { get; } = Digest(secret);

    public override ValueTask<string> GetAsync(SecretRequest request) => new(secret);

    public override ValueTask<string?> GetOtherAsync(string refused, SecretRequest request) => default;
}
