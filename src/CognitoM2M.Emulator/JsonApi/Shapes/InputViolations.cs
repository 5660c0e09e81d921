using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>Collects what is wrong with an operation's input and reports all of it at once, in the words of the AWS APIs.</summary>
internal sealed class InputViolations
{
    private readonly List<string> _errors = [];

    /// <param name="path">The member, such as <c>policies.passwordPolicy.minimumLength</c>.</param>
    /// <param name="shown">How the value appears: <c>Value 'x'</c>, or <c>Value</c> alone for a secret.</param>
    /// <param name="violations">The constraints it does not satisfy; may be none.</param>
    public void Add(string path, string shown, IEnumerable<string> violations) =>
        _errors.AddRange(violations.Select(violation => $"{shown} at '{path}' failed to satisfy constraint: {violation}"));

    /// <exception cref="RefusedException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            var noun = _errors.Count == 1 ? "error" : "errors";
            throw RefusedException.InvalidParameter($"{_errors.Count} validation {noun} detected: {string.Join("; ", _errors)}");
        }
    }
}
