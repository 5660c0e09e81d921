using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>
/// APIs that judge the tokens of the verdict table. Cases that need the same settings share an API: starting one takes much longer than a verification, and
/// no verdict may depend on the tokens that were judged before.
/// </summary>
public sealed class VerdictApis : IAsyncLifetime
{
    private readonly Dictionary<string, (Api Api, KeySetServer Keys)> _apis = new(StringComparer.Ordinal);

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Finds the API for a case, or starts it.</summary>
    /// <param name="verdict">The case.</param>
    /// <param name="startAsync">Starts an API for the case, which downloads its keys from this server.</param>
    internal async Task<Api> GetAsync(VerdictCase verdict, Func<KeySetServer, Task<Api>> startAsync)
    {
        var settings = Describe(verdict);
        if (_apis.TryGetValue(settings, out var known))
            return known.Api;

        var keys = verdict.CreateKeySetServer();
        var api = await startAsync(keys);
        _apis.Add(settings, (api, keys));
        api.Clock.Advance(verdict.Later);
        return api;
    }

    public async Task DisposeAsync()
    {
        foreach (var (api, keys) in _apis.Values)
        {
            await api.DisposeAsync();
            keys.Dispose();
        }
    }

    private static string Describe(VerdictCase verdict) => string.Join(
        '\n',
        [
            verdict.KeySet, verdict.OtherKeySet, $"{verdict.IsIdToken}", $"{verdict.AcceptedCallers}", Join(verdict.ClientIds), Join(verdict.AllOfScopes),
            Join(verdict.AnyOfScopes), Join(verdict.AllOfGroups), Join(verdict.AnyOfGroups), $"{verdict.Tolerance}", $"{verdict.Later}",
        ]);

    private static string Join(string[]? values) => values is null ? "any" : string.Join(' ', values.Select(value => $"'{value}'"));
}
