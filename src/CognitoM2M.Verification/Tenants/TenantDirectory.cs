using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Settings;
using CognitoM2M.Verification.Steps;

namespace CognitoM2M.Verification.Tenants;

/// <summary>
/// The tenants that the application's resolver has named, and those that it does not know. Both are kept for a time, and both are bounded. At
/// most one question about a tenant is in flight, and all callers share it.
/// </summary>
/// <param name="options">Options that are valid, with a resolver.</param>
/// <param name="createSteps">Creates the verification of the tokens of a user pool.</param>
/// <param name="drop">Called with the verifications in use when others were dropped.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Where failures of the resolver are logged.</param>
/// <param name="stopping">Ends questions in flight.</param>
internal sealed class TenantDirectory<TClaims>(
    CognitoTokenVerifierOptions options,
    Func<TrustedUserPool, VerificationSteps<TClaims>> createSteps,
    Action<IEnumerable<VerificationSteps<TClaims>>> drop,
    TimeProvider timeProvider,
    QuietLogger logger,
    CancellationToken stopping)
    where TClaims : CognitoTokenClaims
{
    // Anybody can name tenants. Beyond this, tokens of unknown tenants are not judged until questions end.
    private const int MaxQuestions = 32;
    private const int MaxUnknown = 10_000;

    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(5);
    private static readonly TenantAnswer<TClaims> _busy = new() { Problem = "too many questions to the resolver are in flight" };

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantKey, Held> _known = [];
    private readonly Dictionary<TenantKey, Held> _unknown = [];
    private readonly Dictionary<TenantKey, Task<TenantAnswer<TClaims>>> _questions = [];
    private readonly long _start = timeProvider.GetTimestamp();

    private TimeSpan Now => timeProvider.GetElapsedTime(_start);

    /// <summary>Returns the answer that is held; null if the resolver has to be asked.</summary>
    public TenantAnswer<TClaims>? FindHeld(TenantKey key)
    {
        lock (_gate)
            return (_known.TryGetValue(key, out var held) || _unknown.TryGetValue(key, out held)) && Now < held.EndsAt ? held.Answer : null;
    }

    /// <summary>Finds the issuer of a tenant that is held; null if no such tenant is held.</summary>
    public TrustedIssuer? FindIssuer(string name)
    {
        lock (_gate)
        {
            return _known.Where(one => one.Key.Issuer == name)
                .SelectMany(one => one.Value.Answer.Steps!.Pools)
                .SelectMany(issuers => issuers)
                .FirstOrDefault(issuer => issuer.Issuer == name);
        }
    }

    /// <summary>Returns the answer, after a question to the resolver if none is held.</summary>
    public Task<TenantAnswer<TClaims>> FindAsync(TenantKey key, CancellationToken cancellationToken)
    {
        if (FindHeld(key) is { } held)
            return Task.FromResult(held);

        lock (_gate)
        {
            if (!_questions.TryGetValue(key, out var question))
            {
                if (_questions.Count >= MaxQuestions)
                    return Task.FromResult(_busy);
                _questions[key] = question = Task.Run(() => AskAsync(key), CancellationToken.None);
            }

            return question.WaitAsync(cancellationToken);
        }
    }

    private async Task<TenantAnswer<TClaims>> AskAsync(TenantKey key)
    {
        var answer = await AskResolverAsync(key).ConfigureAwait(false);
        IReadOnlyList<VerificationSteps<TClaims>>? left = null;
        lock (_gate)
        {
            _questions.Remove(key);
            if (answer.Problem is null)
                left = Keep(key, answer);
        }

        if (left is not null)
            drop(left);
        return answer;
    }

    private async Task<TenantAnswer<TClaims>> AskResolverAsync(TenantKey key)
    {
        try
        {
            var call = await LimitedCall.RunAsync(
                cancellationToken => options.FindTenant!(key.Issuer, key.ClientId, cancellationToken), _timeLimit, TimeSpan.Zero, timeProvider, stopping).ConfigureAwait(false);
            if (!call.IsInTime)
                return Fail("the resolver did not answer within 5 seconds", cause: null);

            return await call.Ended.ConfigureAwait(false) is { } pool ? Create(key, pool) : TenantAnswer<TClaims>.Unknown;
        }
        catch (Exception error)
        {
            return stopping.IsCancellationRequested ? new TenantAnswer<TClaims> { Problem = "the verifier was disposed" } : Fail($"the resolver failed ({error.GetType().Name})", error);
        }
    }

    private TenantAnswer<TClaims> Create(TenantKey key, TrustedUserPool pool)
    {
        if (VerifierOptionsValidator.ValidateTenant(pool, options) is { Count: > 0 } errors)
        {
            Log.TenantNotValid(logger, SafeText.Quote(key.Issuer), string.Join(" ", errors));
            return TenantAnswer<TClaims>.Unknown;
        }

        if (IssuerForms.List(pool).Contains(key.Issuer, StringComparer.Ordinal))
            return new TenantAnswer<TClaims> { Steps = createSteps(pool) };

        Log.TenantNotValid(logger, SafeText.Quote(key.Issuer), "The user pool has another issuer.");
        return TenantAnswer<TClaims>.Unknown;
    }

    private TenantAnswer<TClaims> Fail(string problem, Exception? cause)
    {
        Log.ResolverFailed(logger, cause, problem);
        return new TenantAnswer<TClaims> { Problem = problem };
    }

    /// <summary>Keeps an answer. Returns the verifications that are left, if others were dropped.</summary>
    private List<VerificationSteps<TClaims>>? Keep(TenantKey key, TenantAnswer<TClaims> answer)
    {
        var isKnown = answer.Steps is not null;
        var (answers, most) = isKnown ? (_known, options.MaxTenants) : (_unknown, MaxUnknown);
        var now = Now;
        var dropped = (isKnown ? _unknown : _known).Remove(key) && !isKnown;
        answers.Remove(key);
        if (answers.Count >= most)
        {
            dropped |= isKnown;
            foreach (var (other, _) in answers.Where(one => one.Value.EndsAt <= now).ToList())
                answers.Remove(other);
            if (answers.Count >= most)
                answers.Remove(answers.MinBy(one => one.Value.EndsAt).Key);
        }

        answers[key] = new Held(answer, now + (isKnown ? options.TenantLifetime : options.UnknownTenantLifetime));
        return dropped ? [.. _known.Values.Select(held => held.Answer.Steps!)] : null;
    }

    private sealed record Held(TenantAnswer<TClaims> Answer, TimeSpan EndsAt);
}

/// <summary>What the resolver says about a tenant.</summary>
internal sealed record TenantAnswer<TClaims>
    where TClaims : CognitoTokenClaims
{
    public static readonly TenantAnswer<TClaims> Unknown = new();

    /// <summary>Verifies the tokens of the tenant; null if the resolver does not know the tenant, or could not be asked.</summary>
    public VerificationSteps<TClaims>? Steps { get; init; }

    /// <summary>Why the resolver could not be asked, as a clause; null if it answered.</summary>
    public string? Problem { get; init; }
}
