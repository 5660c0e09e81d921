using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor;

/// <summary>What the user pools API shows about the subject, or why it shows nothing.</summary>
/// <param name="Inspection">What it shows; null if it could not be asked.</param>
/// <param name="Problem">Why it could not be asked, in sentences; null if it could.</param>
internal sealed record AccountReading(SetupInspection? Inspection, string? Problem)
{
    public static async Task<AccountReading> ReadAsync(ToolHost host, Subject subject, CancellationToken cancellationToken)
    {
        if (subject.UserPoolId is null && subject.Domain is null)
            return new(Inspection: null, "To look at the settings in Cognito, name the user pool with --user-pool-id ID.");

        try
        {
            using var provisioner = host.CreateProvisioner(subject.Aws.CreateProvisionerOptions(host.TimeProvider));
            var request = new InspectionRequest { UserPoolId = subject.UserPoolId, Domain = subject.Domain, ClientId = subject.Options.ClientId };
            return new(await provisioner.InspectAsync(request, cancellationToken).ConfigureAwait(false), Problem: null);
        }
        catch (CognitoProvisioningException error)
        {
            return new(Inspection: null, $"The settings in Cognito could not be read. {error.Message}");
        }
    }
}
