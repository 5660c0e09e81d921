using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Aws;

/// <summary>A provisioner, made from the settings of the command line.</summary>
internal sealed class ProvisioningSession : IDisposable
{
    private ProvisioningSession(CognitoProvisioner provisioner) => Provisioner = provisioner;

    public CognitoProvisioner Provisioner { get; }

    public static ProvisioningSession Open(ToolHost host, AwsSettings settings) =>
        new(host.CreateProvisioner(settings.CreateProvisionerOptions(host.TimeProvider)));

    public void Dispose() => Provisioner.Dispose();
}
