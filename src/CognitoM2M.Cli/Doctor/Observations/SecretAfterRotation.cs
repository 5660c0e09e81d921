namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>Whether DescribeUserPoolClient shows a secret, compared with how many there are.</summary>
internal sealed class SecretAfterRotation() : Observation(10, "DescribeUserPoolClient after a rotation")
{
    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken) =>
        await service.InspectAsync(cancellationToken).ConfigureAwait(false) is { AppClient: { } client }
            ? $"{(client.ShownSecret is null ? "no secret" : "a secret")} is shown, {client.SecretCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number"} listed"
            : null;
}
