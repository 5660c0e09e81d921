using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Output;

/// <summary>The outputs of a set-up as text.</summary>
internal static class OutputsText
{
    /// <summary>Writes the outputs.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="showsAll">Whether to list the app clients however many there are.</param>
    public static void Write(Terminal terminal, ProvisioningOutputs outputs, bool showsAll)
    {
        WriteLine("User pool", outputs.UserPoolId);
        WriteLine("Region", outputs.Region);
        WriteLine("Issuer", outputs.Issuer.ToString());
        WriteLine("Key set", outputs.JwksUri.ToString());
        WriteLine("Token endpoint", outputs.TokenEndpoint?.ToString() ?? "none (the blueprint has no domain)");
        if (outputs.CustomDomainTarget is { } target)
            WriteLine("Custom domain", $"its DNS record must point to {OneLine.Show(target)}");

        if (showsAll || outputs.AppClients.Count <= StepSummary.MostListed)
        {
            foreach (var client in outputs.AppClients)
                WriteLine("App client", $"{client.Name}  {OneLine.Show(client.ClientId)}  {client.Route}  {string.Join(' ', client.Scopes)}".TrimEnd());
        }
        else
        {
            WriteLine("App clients", $"{outputs.AppClients.Count}. To list them, run 'cognito-m2m outputs'.");
        }

        WriteUnknownSecrets(terminal, outputs.UnknownSecrets, showsAll);

        void WriteLine(string name, string value) => terminal.Result($"{name,-14}  {value}");
    }

    private static void WriteUnknownSecrets(Terminal terminal, IReadOnlyList<string> names, bool showsAll)
    {
        var shown = showsAll ? names.Count : StepSummary.MostListed;
        foreach (var name in names.Take(shown))
        {
            terminal.Say(
                $"The secret of '{name}' was not stored: Cognito no longer shows it. 'cognito-m2m rotate-secret' creates a new one.",
                Styles.Warning);
        }

        if (names.Count > shown)
            terminal.Say($"The secrets of {names.Count - shown} more app clients were not stored for the same reason.", Styles.Warning);
    }
}
