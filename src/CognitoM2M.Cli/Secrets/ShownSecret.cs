namespace CognitoM2M.Cli.Secrets;

/// <summary>A secret to print.</summary>
internal sealed record ShownSecret(string ClientName, string ClientId, string ClientSecret)
{
    // The text leaves the secret out, because such texts end up in logs.
    public override string ToString() => $"{ClientName} ({ClientId})";
}
