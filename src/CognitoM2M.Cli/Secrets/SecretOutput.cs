using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Secrets;

/// <summary>Where the secrets of one run go: to a file or Parameter Store, to the terminal, to both, or nowhere.</summary>
internal sealed class SecretOutput
{
    private readonly ShowingSecretSink? _showing;

    private SecretOutput(ISecretSink? store, bool show)
    {
        _showing = show ? new ShowingSecretSink(store) : null;
        Sink = (ISecretSink?)_showing ?? store;
    }

    public static SecretOutput ToFile(string? path, bool show) => new(path is null ? null : new FileSecretSink(path), show) { FilePath = path };

    public static SecretOutput ToParameterStore(string path, ISecretSink store, bool show) => new(store, show) { ParameterPath = path };

    /// <summary>The path of the file; null without a file.</summary>
    public string? FilePath { get; private init; }

    /// <summary>The path in Parameter Store; null if the secrets do not go there.</summary>
    public string? ParameterPath { get; private init; }

    /// <summary>The place as the option names it; null if the secrets are not stored.</summary>
    public string? Destination => ParameterPath is null ? FilePath : $"ssm:{ParameterPath}";

    /// <summary>Takes the secrets from provisioning; null if the user asked for no secrets.</summary>
    public ISecretSink? Sink { get; }

    /// <summary>The secrets to print; null if the user did not ask to print them.</summary>
    public IReadOnlyList<ShownSecret>? Shown => _showing?.Shown;

    /// <summary>The password to print; null if no user was created, or the user did not ask to print it.</summary>
    public string? ShownPassword => _showing?.ShownPassword;

    /// <summary>Stops, before anything is created, if the secret of an app client could not be stored under its name.</summary>
    public void RequireNames(IEnumerable<string> clientNames)
    {
        if (ParameterPath is not null && clientNames.FirstOrDefault(name => !ParameterStoreNames.IsLastPart(name)) is { } wrong)
        {
            throw new ToolException(
                ExitCode.InvalidFile,
                $"Nothing was changed: the name of app client '{wrong}' cannot be part of the name of a parameter. "
                    + "Use letters, digits, '_', '.' and '-' in the name, or store the secrets in a file.");
        }
    }

    /// <summary>Warns, before anything is stored, if the secrets could get into version control.</summary>
    public async Task WarnAsync(ToolHost host, CancellationToken cancellationToken)
    {
        if (FilePath is not null && await GitWarning.FindAsync(host, FilePath, cancellationToken).ConfigureAwait(false) is { } warning)
            host.Terminal.Say(warning);
    }

    public void Write(Terminal terminal)
    {
        if (FilePath is not null)
            terminal.Result($"{"Secrets",-14}  {FilePath}");
        if (ParameterPath is not null)
            terminal.Result($"{"Secrets",-14}  Parameter Store, {ParameterPath}/NAME");

        foreach (var secret in Shown ?? [])
            terminal.Result($"{"Secret",-14}  {secret.ClientName}  {secret.ClientId}  {secret.ClientSecret}");
        if (ShownPassword is { } password)
            terminal.Result($"{"Password",-14}  {password}");
    }
}
