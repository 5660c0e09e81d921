using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>
/// Collects all mistakes in the input of an operation and reports them together, in the words of the AWS APIs. What the emulator does not
/// support is reported if there is no mistake.
/// </summary>
internal sealed class InputViolations
{
    private readonly List<string> _errors = [];
    private readonly List<string> _unsupported = [];

    /// <param name="path">The path of the member, such as <c>policies.passwordPolicy.minimumLength</c>.</param>
    /// <param name="shown">The value as the message shows it: <c>Value 'x'</c>, or only <c>Value</c> for a secret.</param>
    /// <param name="violations">The constraints that the value does not satisfy; may be empty.</param>
    public void Add(string path, string shown, IEnumerable<string> violations) =>
        _errors.AddRange(violations.Select(violation => $"{shown} at '{path}' failed to satisfy constraint: {violation}"));

    /// <summary>Adds a member that the emulator refuses.</summary>
    public void AddUnsupported(string path, ShapeMember member)
    {
        var except = member.Accepted.Count == 0 ? "" : $" with a value other than {string.Join(" or ", member.Accepted)}";
        _unsupported.Add($"The emulator does not support the member {member.Name} ('{path}'){except}: {member.Reason}.");
    }

    /// <summary>Adds a member that the emulator does not know. Cognito ignores such members; the emulator accepts nothing that it cannot honour.</summary>
    public void AddUnknown(string path, string name) => _unsupported.Add($"The emulator does not know the member {name} ('{path}').");

    /// <exception cref="RefusedException">There are mistakes, or members that the emulator does not support.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            var noun = _errors.Count == 1 ? "error" : "errors";
            throw RefusedException.InvalidParameter($"{_errors.Count} validation {noun} detected: {string.Join("; ", _errors)}");
        }

        if (_unsupported.Count > 0)
            throw RefusedException.InvalidParameter(string.Join(' ', _unsupported));
    }
}
