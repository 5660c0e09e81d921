using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Output;

/// <summary>The outputs of a set-up as text.</summary>
internal static class OutputsText
{
    public static void Write(Terminal terminal, ProvisioningOutputs outputs)
    {
        WriteLine("User pool", outputs.UserPoolId);
        WriteLine("Region", outputs.Region);
        WriteLine("Issuer", outputs.Issuer.ToString());
        WriteLine("Key set", outputs.JwksUri.ToString());
        WriteLine("Token endpoint", outputs.TokenEndpoint?.ToString() ?? "none (the blueprint has no domain)");
        if (outputs.CustomDomainTarget is { } target)
            WriteLine("Custom domain", $"its DNS record must point to {OneLine.Show(target)}");

        foreach (var client in outputs.AppClients)
            WriteLine("App client", $"{client.Name}  {OneLine.Show(client.ClientId)}  {client.Route}  {string.Join(' ', client.Scopes)}");

        foreach (var name in outputs.UnknownSecrets)
        {
            terminal.Say(
                $"The secret of '{name}' was not stored: Cognito no longer shows it. 'cognito-m2m rotate-secret' creates a new one.",
                Styles.Warning);
        }

        void WriteLine(string name, string value) => terminal.Result($"{name,-14}  {value}");
    }
}
