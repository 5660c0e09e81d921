using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli.Aws;

/// <summary>A provisioner with the connection it uses.</summary>
internal sealed class ProvisioningSession : IDisposable
{
    private readonly ICognitoUserPoolApi _api;

    private ProvisioningSession(ICognitoUserPoolApi api, CognitoProvisionerOptions options)
    {
        _api = api;
        Provisioner = new CognitoProvisioner(api, options);
    }

    public CognitoProvisioner Provisioner { get; }

    public static ProvisioningSession Open(ToolHost host, AwsSettings settings) =>
        new(host.Connect(settings.ToApiOptions()), settings.ToProvisionerOptions(host.TimeProvider));

    public void Dispose() => (_api as IDisposable)?.Dispose();
}
