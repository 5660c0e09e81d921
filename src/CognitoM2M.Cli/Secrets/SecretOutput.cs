using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Secrets;

/// <summary>Where the secrets of one run go: a file, the terminal, both or nowhere.</summary>
internal sealed class SecretOutput
{
    private readonly ShowingSecretSink? _showing;

    public SecretOutput(string? path, bool show)
    {
        Path = path;
        var file = path is null ? null : new FileSecretSink(path);
        _showing = show ? new ShowingSecretSink(file) : null;
        Sink = (ISecretSink?)_showing ?? file;
    }

    /// <summary>The file; null if none was asked for.</summary>
    public string? Path { get; }

    /// <summary>What provisioning hands secrets to; null if nobody asked for them.</summary>
    public ISecretSink? Sink { get; }

    /// <summary>What to show; null if nobody asked for that.</summary>
    public IReadOnlyList<ShownSecret>? Shown => _showing?.Shown;

    public void Write(Terminal terminal)
    {
        if (Path is not null)
            terminal.Result($"{"Secrets",-14}  {Path}");

        foreach (var secret in Shown ?? [])
            terminal.Result($"{"Secret",-14}  {secret.ClientName}  {secret.ClientId}  {secret.ClientSecret}");
    }
}

/// <summary>A secret to be shown.</summary>
internal sealed record ShownSecret(string ClientName, string ClientId, string ClientSecret)
{
    public override string ToString() => $"{ClientName} ({ClientId})";
}
