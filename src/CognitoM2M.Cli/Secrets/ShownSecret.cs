namespace CognitoM2M.Cli.Secrets;

/// <summary>A secret to print.</summary>
internal sealed record ShownSecret(string ClientName, string ClientId, string ClientSecret)
{
    // Without the secret, because text forms end up in logs.
    public override string ToString() => $"{ClientName} ({ClientId})";
}
