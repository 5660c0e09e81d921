namespace CognitoM2M.Secrets;

/// <summary>A secret that stands in the options.</summary>
internal sealed class FixedSecret(string secret) : Secret
{
    public override string Identity { get; } = Digest(secret);

    public override IEnumerable<SecretQuestion> Questions => [];

    public override bool IsFixed => true;

    public override ValueTask<string> GetAsync(SecretRequest request) => new(secret);

    public override ValueTask<string?> GetOtherAsync(string refused, SecretRequest request) => default;
}
