using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>Collects all mistakes in the input of an operation and reports them together, in the words of the AWS APIs.</summary>
internal sealed class InputViolations
{
    private readonly List<string> _errors = [];

    /// <param name="path">The path of the member, such as <c>policies.passwordPolicy.minimumLength</c>.</param>
    /// <param name="shown">The value as the message shows it: <c>Value 'x'</c>, or only <c>Value</c> for a secret.</param>
    /// <param name="violations">The constraints that the value does not satisfy; may be empty.</param>
    public void Add(string path, string shown, IEnumerable<string> violations) =>
        _errors.AddRange(violations.Select(violation => $"{shown} at '{path}' failed to satisfy constraint: {violation}"));

    /// <exception cref="RefusedException">There are mistakes.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            var noun = _errors.Count == 1 ? "error" : "errors";
            throw RefusedException.InvalidParameter($"{_errors.Count} validation {noun} detected: {string.Join("; ", _errors)}");
        }
    }
}
