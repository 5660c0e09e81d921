using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>The host names that Cognito uses in this region, without the part that names the user's domain.</summary>
internal sealed class HostNames() : Observation(14, "host names by partition")
{
    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        if (await service.FindVerifiedAsync(cancellationToken).ConfigureAwait(false) is not { } verification)
            return null;

        var region = CognitoNames.RegionOfUserPool(verification.UserPoolId);
        var endpoint = service.Subject.Endpoint.Host;
        var isPrefixDomain = endpoint.Contains(region, StringComparison.Ordinal);
        return $"partition {AwsPartition.Name(region)}, issuer at {new Uri(verification.Issuer).Host}, token endpoint at "
            + (isPrefixDomain ? endpoint[(endpoint.IndexOf('.', StringComparison.Ordinal) + 1)..] : "another host");
    }
}
