namespace CognitoM2M.Cli.Doctor;

/// <summary>One link of the chain from the configuration to a verified token.</summary>
/// <param name="name">The name in the output, such as <c>name-resolution</c>. Scripts may depend on it.</param>
internal abstract class Check(string name)
{
    public string Name { get; } = name;

    /// <summary>
    /// Whether the check is about the way to the token endpoint. If such a check fails, the later ones are skipped, and no secret is sent.
    /// </summary>
    public virtual bool IsOnTheWay => false;

    public abstract Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken);
}
