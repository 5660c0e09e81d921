namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>Answers a question about Cognito that its documentation leaves open, by a request to Cognito. Changes nothing and costs nothing.</summary>
/// <param name="number">The number of the question in docs/design/cognito-facts.md.</param>
/// <param name="topic">The question in a few words.</param>
internal abstract class Observation(int number, string topic)
{
    public int Number { get; } = number;

    public string Topic { get; } = topic;

    /// <summary>What was seen; null if this set-up shows nothing about the question.</summary>
    public abstract Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken);
}
