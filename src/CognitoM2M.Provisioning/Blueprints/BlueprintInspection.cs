using System.Text.Json;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Finds every mistake of a JSON text that is not a valid blueprint: in the text, in its members, and against Cognito's rules.</summary>
internal static class BlueprintInspection
{
    /// <summary>Reads the text part by part.</summary>
    /// <param name="json">The text.</param>
    /// <param name="find">Finds the value of a variable; null if it is not set.</param>
    /// <returns>The blueprint, or its mistakes.</returns>
    public static (Blueprint? Blueprint, IReadOnlyList<BlueprintMistake> Mistakes) Run(ReadOnlyMemory<byte> json, Func<string, string?> find)
    {
        JsonPart root;
        try
        {
            root = JsonPartReader.Read(json);
        }
        catch (JsonException e)
        {
            return (null, [Describe(json.Span, e)]);
        }

        var variables = new BlueprintVariables(find);
        variables.Replace(root);
        var shape = new BlueprintShape(root);
        var unset = variables.Mistakes.Select(mistake => mistake.Path).ToHashSet(StringComparer.Ordinal);
        shape.Mistakes.RemoveAll(mistake => unset.Contains(mistake.Path));
        shape.Mistakes.AddRange(variables.Mistakes);
        var blueprint = shape.Copy is { } copy ? JsonSerializer.Deserialize(copy, BlueprintJson.Incomplete) : null;
        var mistakes = Locate(json, [.. shape.Mistakes, .. blueprint is null ? [] : FindBrokenRules(blueprint, shape)], blueprint);
        return (blueprint, mistakes);
    }

    /// <summary>The text ends too early, or a character in it is wrong. What comes after that cannot be read.</summary>
    private static BlueprintMistake Describe(ReadOnlySpan<byte> json, JsonException exception)
    {
        var line = exception.LineNumber + 1;
        return new() { Path = "$", Message = BlueprintJson.ExplainMessage(exception), Line = line, Column = TextPosition.FindColumn(json, line, exception.BytePositionInLine) };
    }

    /// <summary>The rules that are broken, without those that only seem so because the copy lacks a value that has a mistake.</summary>
    private static IEnumerable<PlacedMistake> FindBrokenRules(Blueprint blueprint, BlueprintShape shape)
    {
        var wrong = shape.Mistakes.Select(mistake => mistake.Path).ToHashSet(StringComparer.Ordinal);
        var lacksNeighbours = wrong.Any(path => !path.StartsWith("appClients", StringComparison.Ordinal) && !path.StartsWith("userPool", StringComparison.Ordinal));
        return blueprint.Validate()
            .Where(broken => !(lacksNeighbours && NeedsNeighbours(broken)) && !BlueprintShape.ListFromInnermost(broken.Path).Any(wrong.Contains))
            .Select(broken => new PlacedMistake(shape.FindPlace(broken.Path), broken.Path, broken.Message));
    }

    /// <summary>Whether the rule is about resource servers or the domain, too: an app client names scopes, and its route may need a domain.</summary>
    private static bool NeedsNeighbours(BlueprintMistake broken) =>
        broken.Path.StartsWith("appClients[", StringComparison.Ordinal)
        && (broken.Path.Contains(".scopes[", StringComparison.Ordinal) || broken.Path.EndsWith(".route", StringComparison.Ordinal));

    private static List<BlueprintMistake> Locate(ReadOnlyMemory<byte> json, IEnumerable<PlacedMistake> mistakes, Blueprint? blueprint)
    {
        var position = new TextPosition(json);
        var located = new List<BlueprintMistake>();
        foreach (var mistake in mistakes.OrderBy(mistake => mistake.Place))
        {
            var (line, column) = position.MoveTo(mistake.Place);
            located.Add(new()
            {
                Path = mistake.Path,
                Message = mistake.Message,
                Name = blueprint is null ? null : BlueprintNames.Find(blueprint, mistake.Path),
                Line = line,
                Column = column,
            });
        }

        return located;
    }
}
