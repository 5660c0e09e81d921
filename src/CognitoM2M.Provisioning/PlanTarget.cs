namespace CognitoM2M.Provisioning;

/// <summary>Where a plan was made.</summary>
/// <param name="Region">The region code; null if it is not known.</param>
/// <param name="Endpoint">The address of the user pools API; null if it is not known.</param>
/// <param name="AccountId">The AWS account; null if there is no user pool yet and the credentials do not say their account.</param>
internal sealed record PlanTarget(string? Region, string? Endpoint, string? AccountId = null)
{
    public override string ToString() => $"region {Region ?? "(unknown)"} at {Endpoint ?? "(unknown address)"}";
}
