using System.Collections.Concurrent;
using CognitoM2M.AspNetCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// Creates the options of schemes. If changed options are not valid, the last valid options stay in use: without them every request would
/// fail because of a mistake in a settings file.
/// </summary>
internal sealed class LastValidOptions(
    IEnumerable<IConfigureOptions<CognitoM2MAuthenticationOptions>> setups,
    IEnumerable<IPostConfigureOptions<CognitoM2MAuthenticationOptions>> postSetups,
    IEnumerable<IValidateOptions<CognitoM2MAuthenticationOptions>> validations,
    ILoggerFactory loggerFactory)
    : IOptionsFactory<CognitoM2MAuthenticationOptions>
{
    private readonly OptionsFactory<CognitoM2MAuthenticationOptions> _factory = new(setups, postSetups, validations);
    private readonly ConcurrentDictionary<string, Lock> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Created> _last = new(StringComparer.Ordinal);

    public CognitoM2MAuthenticationOptions Create(string name)
    {
        // A request and a change may create options of one scheme at the same time. One after the other, the options that are created last have read the
        // newest settings, and SchemeVerifier follows them.
        lock (_gates.GetOrAdd(name, _ => new Lock()))
            return CreateNext(name);
    }

    private CognitoM2MAuthenticationOptions CreateNext(string name)
    {
        try
        {
            var options = _factory.Create(name);
            _last[name] = new Created(options, Problem: null);
            return options;
        }
        catch (Exception error) when (_last.TryGetValue(name, out var last))
        {
            Report(name, last, error is OptionsValidationException invalid ? string.Join(" ", invalid.Failures) : error.GetType().Name);
            return last.Options;
        }
    }

    // One change of a file may be seen as several changes, so that the same problem comes again.
    private void Report(string name, Created last, string problem)
    {
        if (last.Problem != problem && _last.TryUpdate(name, last with { Problem = problem }, last))
            Log.ChangeRefused(Log.CreateLogger(loggerFactory), name, problem);
    }

    /// <summary>The last valid options.</summary>
    /// <param name="Options">The options.</param>
    /// <param name="Problem">Why the options that came after them are not valid; null if there were none.</param>
    private sealed record Created(CognitoM2MAuthenticationOptions Options, string? Problem);
}
