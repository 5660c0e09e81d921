namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>Which status goes with the error for an unknown app client. The request names an invented one, so it is refused and costs nothing.</summary>
internal sealed class InvalidClientStatus() : Observation(2, "status with invalid_client")
{
    private const int ClientIdLength = 26;
    private const int SecretLength = 52;

    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        var subject = service.Subject with
        {
            Options = new CognitoM2MClientOptions
            {
                Route = service.Subject.Options.Route,
                TokenEndpoint = service.Subject.Endpoint,
                PlainHttpTokenEndpointHosts = service.Subject.Options.PlainHttpTokenEndpointHosts,
                ClientId = ObservedService.Invent(ClientIdLength),
                ClientSecret = ObservedService.Invent(SecretLength),
                Username = service.Subject.SignsIn ? ObservedService.Invent(ClientIdLength) : null,
                Password = service.Subject.SignsIn ? ObservedService.Invent(SecretLength) : null,
                FirstFetchAttempts = 1,
            },
        };
        var answer = await TokenAnswer.RequestAsync(subject, service.Examination.CreateHandler(), service.Examination.Time, cancellationToken).ConfigureAwait(false);
        return answer.Failure is { TokenEndpointStatusCode: { } status } failure
            ? $"status {(int)status}, error {failure.Error}, for an app client that does not exist"
            : null;
    }
}
