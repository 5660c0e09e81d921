using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>A blueprint is not valid. The message lists the mistakes, one in a line, at most 50.</summary>
public sealed class BlueprintException : Exception
{
    private const int MaxListed = 50;

    /// <summary>Creates the exception.</summary>
    /// <param name="mistakes">Every mistake. The message holds one line for each, at most 50.</param>
    public BlueprintException(IReadOnlyList<BlueprintMistake> mistakes)
        : base(FormatMessage(mistakes)) => Mistakes = mistakes;

    /// <summary>Every mistake, in the order of the blueprint.</summary>
    public IReadOnlyList<BlueprintMistake> Mistakes { get; }

    private static string FormatMessage(IReadOnlyList<BlueprintMistake> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        var lines = mistakes.Take(MaxListed).Select(mistake => mistake.ToString());
        if (mistakes.Count > MaxListed)
            lines = lines.Append($"and {mistakes.Count - MaxListed} more");
        return string.Join(Environment.NewLine, lines);
    }
}

/// <summary>One mistake in a blueprint.</summary>
public sealed record BlueprintMistake
{
    /// <summary>The place in the blueprint, such as <c>appClients[2].scopes[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>The name of the app client, or the identifier of the resource server, that has the mistake.</summary>
    /// <value>Null elsewhere, and if there is no name.</value>
    public string? Name { get; init; }

    /// <summary>The line in the text, from 1.</summary>
    /// <value>Null if the blueprint was not read from text.</value>
    public long? Line { get; init; }

    /// <summary>The column in the line, from 1, in characters.</summary>
    /// <value>Null if the blueprint was not read from text.</value>
    public long? Column { get; init; }

    /// <summary>The mistake in one line, such as <c>line 3, column 18, 'billing', appClients[0].route: must be OAuth2, GetClientToken or Both</c>.</summary>
    public override string ToString()
    {
        var line = Line is null ? "" : $"line {Line}, ";
        var column = Column is null ? "" : $"column {Column}, ";
        var name = Name is null ? "" : $"'{OneLine.Show(Name)}', ";
        return $"{line}{column}{name}{OneLine.Show(Path)}: {OneLine.Show(Message)}";
    }
}
