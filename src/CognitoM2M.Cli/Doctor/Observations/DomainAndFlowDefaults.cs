namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>The values that Cognito shows for settings whose defaults are not documented.</summary>
internal sealed class DomainAndFlowDefaults() : Observation(11, "ManagedLoginVersion and ExplicitAuthFlows")
{
    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        if (await service.InspectAsync(cancellationToken).ConfigureAwait(false) is not { } inspection)
            return null;

        var version = inspection.Domain?.ManagedLoginVersion is { } shown ? $"ManagedLoginVersion {shown}" : "no ManagedLoginVersion";
        var flows = inspection.AppClient?.ExplicitAuthFlows is { } list ? $"ExplicitAuthFlows [{string.Join(", ", list)}]" : "no ExplicitAuthFlows";
        return $"{version}, {flows}";
    }
}
