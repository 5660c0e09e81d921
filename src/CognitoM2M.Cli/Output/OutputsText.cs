using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Outputs for people.</summary>
internal static class OutputsText
{
    public static void Write(Terminal terminal, ProvisioningOutputs outputs)
    {
        Line("User pool", outputs.UserPoolId);
        Line("Region", outputs.Region);
        Line("Issuer", outputs.Issuer.ToString());
        Line("Key set", outputs.JwksAddress.ToString());
        Line("Token endpoint", outputs.TokenEndpoint?.ToString() ?? "none (no domain)");
        if (outputs.CustomDomainTarget is { } target)
            Line("Custom domain", $"its DNS record must point to {target}");

        foreach (var client in outputs.AppClients)
            Line("App client", $"{client.Name}  {client.ClientId}  {client.Route}  {string.Join(' ', client.Scopes)}");

        foreach (var name in outputs.SecretsUnknown)
        {
            terminal.Say(
                $"The secret of '{name}' could not be handed over: Cognito does not show it any more. 'rotate-secret' makes a new one.",
                Styles.Warning);
        }

        void Line(string name, string value) => terminal.Result($"{name,-14}  {value}");
    }
}
