using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Settings;

namespace CognitoM2M.Verification.Tenants;

/// <summary>Asks the application about a tenant, under a time limit, and checks the answer.</summary>
/// <param name="options">Options that are valid, with a resolver.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Where failures of the resolver, and answers that cannot be used, are logged.</param>
/// <param name="stopping">Ends questions in flight.</param>
internal sealed class TenantResolver(CognitoTokenVerifierOptions options, TimeProvider timeProvider, QuietLogger logger, CancellationToken stopping)
{
    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(5);

    private readonly LogPace _failures = new(timeProvider);
    private readonly LogPace _mistakes = new(timeProvider);

    /// <summary>Asks. Returns a user pool that can be used, or null if the tenant is unknown; or why the application could not be asked, as a clause.</summary>
    public async Task<(TrustedUserPool? Pool, string? Problem)> AskAsync(TenantKey key)
    {
        try
        {
            var call = await LimitedCall.RunAsync(
                cancellationToken => options.FindTenant!(key.Issuer, key.ClientId, cancellationToken), _timeLimit, TimeSpan.Zero, timeProvider, stopping).ConfigureAwait(false);
            if (!call.IsInTime)
                return (null, Fail("the resolver did not answer within 5 seconds", cause: null));

            return (await call.Ended.ConfigureAwait(false) is { } pool && FindMistake(key, pool) is null ? pool.Copy() : null, null);
        }
        catch (Exception error)
        {
            return (null, stopping.IsCancellationRequested ? "the verifier was disposed" : Fail($"the resolver failed ({error.GetType().Name})", error));
        }
    }

    private string? FindMistake(TenantKey key, TrustedUserPool pool)
    {
        var mistake = VerifierOptionsValidator.ValidateTenant(pool, options) is { Count: > 0 } errors ? string.Join(" ", errors)
            : IssuerForms.List(pool).Contains(key.Issuer, StringComparer.Ordinal) ? null
            : "The user pool has another issuer.";
        if (mistake is not null && _mistakes.MayWrite())
            Log.TenantNotValid(logger, SafeText.Quote(key.Issuer), mistake);
        return mistake;
    }

    private string Fail(string problem, Exception? cause)
    {
        if (_failures.MayWrite())
            Log.ResolverFailed(logger, cause, problem);
        return problem;
    }
}
