namespace CognitoM2M.Provisioning;

/// <summary>Where a plan was made.</summary>
/// <param name="Region">The region code; null if it is not known.</param>
/// <param name="Endpoint">The address of the user pools API; null if it is not known.</param>
internal sealed record PlanTarget(string? Region, string? Endpoint)
{
    public override string ToString() => $"region {Region ?? "(unknown)"} at {Endpoint ?? "(unknown address)"}";
}
