using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>A blueprint is not valid. The message lists every mistake.</summary>
public sealed class BlueprintException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="mistakes">Every mistake. The message holds one line for each.</param>
    public BlueprintException(IReadOnlyList<BlueprintMistake> mistakes)
        : base(FormatMessage(mistakes)) => Mistakes = mistakes;

    /// <summary>Every mistake, in the order of the blueprint.</summary>
    public IReadOnlyList<BlueprintMistake> Mistakes { get; }

    private static string FormatMessage(IReadOnlyList<BlueprintMistake> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        return string.Join(Environment.NewLine, mistakes.Select(mistake => mistake.ToString()));
    }
}

/// <summary>One mistake in a blueprint.</summary>
public sealed record BlueprintMistake
{
    /// <summary>The place in the blueprint, such as <c>appClients[2].scopes[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>The line in the text, from 1.</summary>
    /// <value>Null if the text could be read, and only a value is wrong.</value>
    public long? Line { get; init; }

    /// <summary>The mistake in one line, such as <c>line 3, userPool.name: must not be null</c>.</summary>
    public override string ToString() => OneLine.Escape(Line is { } line ? $"line {line}, {Path}: {Message}" : $"{Path}: {Message}");
}
