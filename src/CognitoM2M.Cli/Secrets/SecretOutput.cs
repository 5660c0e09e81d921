using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Secrets;

/// <summary>Where the secrets of one run go: to a file, to the terminal, to both, or nowhere.</summary>
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

    /// <summary>The path of the file; null without a file.</summary>
    public string? Path { get; }

    /// <summary>Takes the secrets from provisioning; null if the user asked for no secrets.</summary>
    public ISecretSink? Sink { get; }

    /// <summary>The secrets to print; null if the user did not ask to print them.</summary>
    public IReadOnlyList<ShownSecret>? Shown => _showing?.Shown;

    /// <summary>Warns, before anything is stored, if the secrets could get into version control.</summary>
    public async Task WarnAsync(ToolHost host, CancellationToken cancellationToken)
    {
        if (Path is not null && await GitWarning.FindAsync(host, Path, cancellationToken).ConfigureAwait(false) is { } warning)
            host.Terminal.Say(warning);
    }

    public void Write(Terminal terminal)
    {
        if (Path is not null)
            terminal.Result($"{"Secrets",-14}  {Path}");

        foreach (var secret in Shown ?? [])
            terminal.Result($"{"Secret",-14}  {secret.ClientName}  {secret.ClientId}  {secret.ClientSecret}");
    }
}
