using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>
/// All observations, in the order of the questions in docs/design/cognito-facts.md. The questions that are not here would need a change, a
/// second token, many requests, or another account.
/// </summary>
internal static class ObservationList
{
    public static IReadOnlyList<Observation> All { get; } =
    [
        new InvalidClientStatus(),
        new RedirectBehaviour(),
        new KeySetHeaders(),
        new TokenMembers(),
        new SecretAfterRotation(),
        new DomainAndFlowDefaults(),
        new UnknownDomainAnswer(),
        new HostNames(),
        new DiscoveryDocument(),
        new CrossOriginRequests(),
    ];

    /// <summary>Makes the observations. Nothing is seen where the way to the token endpoint is blocked, because its answers would not be Cognito's.</summary>
    public static async Task<IReadOnlyList<MadeObservation>> MakeAsync(Examination examination, CancellationToken cancellationToken)
    {
        var service = new ObservedService(examination);
        var made = new List<MadeObservation>();
        foreach (var observation in All)
        {
            var seen = examination.Obstacle is null ? await TryObserveAsync(observation, service, cancellationToken).ConfigureAwait(false) : null;
            made.Add(new MadeObservation(observation.Number, observation.Topic, seen));
        }

        return made;
    }

    private static async Task<string?> TryObserveAsync(Observation observation, ObservedService service, CancellationToken cancellationToken)
    {
        try
        {
            return await observation.ObserveAsync(service, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
        {
            return $"no answer ({error.GetType().Name})";
        }
        catch (CognitoProvisioningException error)
        {
            return $"the error {error.ErrorCode ?? error.Error.ToString()}";
        }
    }
}
