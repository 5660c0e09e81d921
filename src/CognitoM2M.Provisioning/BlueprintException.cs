namespace CognitoM2M.Provisioning;

/// <summary>A blueprint is not valid. Says everything that is wrong with it.</summary>
public sealed class BlueprintException : Exception
{
    /// <summary>Takes everything that is wrong.</summary>
    public BlueprintException(IReadOnlyList<BlueprintMistake> mistakes)
        : base(Describe(mistakes)) => Mistakes = mistakes;

    /// <summary>Everything that is wrong, in the order of the blueprint.</summary>
    public IReadOnlyList<BlueprintMistake> Mistakes { get; }

    private static string Describe(IReadOnlyList<BlueprintMistake> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        return string.Join(Environment.NewLine, mistakes.Select(mistake => mistake.ToString()));
    }
}

/// <summary>One thing that is wrong with a blueprint.</summary>
/// <param name="Path">Where, such as <c>appClients[2].scopes[0]</c>.</param>
/// <param name="Message">What.</param>
/// <param name="Line">The line in the file, from 1, for text that could not be read at all.</param>
public sealed record BlueprintMistake(string Path, string Message, long? Line = null)
{
    /// <inheritdoc/>
    public override string ToString() => Line is { } line ? $"line {line}, {Path}: {Message}" : $"{Path}: {Message}";
}
