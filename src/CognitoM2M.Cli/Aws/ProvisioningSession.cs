using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli.Aws;

/// <summary>A provisioner together with the connection that it uses.</summary>
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
        new(host.Connect(settings.CreateApiOptions()), settings.CreateProvisionerOptions(host.TimeProvider));

    public void Dispose() => (_api as IDisposable)?.Dispose();
}
