using CognitoM2M.Emulator.UserPools;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>Collects what is wrong with an operation's input and reports all of it at once, in the words of the AWS APIs.</summary>
internal sealed class InputValidation
{
    private readonly List<string> _errors = [];

    public InputValidation Text(string member, string? value, TextShape shape) =>
        Add(member, value is null ? "Value null" : $"Value '{value}'", shape.Violations(value));

    /// <summary>As <see cref="Text"/>, without repeating the value.</summary>
    public InputValidation Secret(string member, string? value, TextShape shape) =>
        Add(member, value is null ? "Value null" : "Value", shape.Violations(value));

    public InputValidation TextList(string member, IReadOnlyList<string> values, int maxCount, TextShape shape)
    {
        var shown = $"Value '[{string.Join(", ", values)}]'";
        if (values.Count > maxCount)
            Add(member, shown, [$"Member must have length less than or equal to {maxCount}"]);

        var violations = values.SelectMany(shape.Violations).Distinct(StringComparer.Ordinal).ToList();
        return violations.Count == 0 ? this : Add(member, shown, [$"Member must satisfy constraint: [{string.Join(", ", violations)}]"]);
    }

    /// <exception cref="JsonApiException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            var noun = _errors.Count == 1 ? "error" : "errors";
            throw JsonApiException.InvalidParameter($"{_errors.Count} validation {noun} detected: {string.Join("; ", _errors)}");
        }
    }

    private InputValidation Add(string member, string shown, IEnumerable<string> violations)
    {
        _errors.AddRange(violations.Select(violation => $"{shown} at '{member}' failed to satisfy constraint: {violation}"));
        return this;
    }
}
