using System.Text.Json;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>
/// Cognito in memory, as far as provisioning sees it: defaults, settings that an update resets, pages, limits, quotas, errors. An operation
/// that has no answer here fails the test.
/// </summary>
internal sealed class FakeCognito : IUserPoolService
{
    private readonly TimeProvider _time;
    private readonly Dictionary<Operation, Func<object, object>> _answers = [];
    private readonly Dictionary<string, List<(long At, Operation Operation)>> _requests = new(StringComparer.Ordinal);
    private int _lastId;

    public FakeCognito(TimeProvider time)
    {
        _time = time;
        FakeUserPools.AddTo(this);
        FakeDomains.AddTo(this);
        FakeResourceServers.AddTo(this);
        FakeAppClients.AddTo(this);
        FakeUsers.AddTo(this);
    }

    public List<FakePool> Pools { get; } = [];

    /// <summary>The only user pool.</summary>
    public FakePool Pool => Assert.Single(Pools);

    /// <summary>Domains of user pools in other accounts, and domains that are being deleted.</summary>
    public Dictionary<string, (string PoolId, long GoneAt)> OtherDomains { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of the operation of every request, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>How many requests were changes.</summary>
    public int Changes { get; private set; }

    /// <summary>How many requests were refused because there were too many.</summary>
    public int Throttled { get; private set; }

    public bool EnforcesQuotas { get; set; }

    /// <summary>The number of the request, from 1, after which the caller dies without an answer.</summary>
    public int? DiesAfter { get; set; }

    /// <summary>Called before each request. The exception that it returns is thrown.</summary>
    public Func<Operation, Exception?>? Fault { get; set; }

    /// <summary>Called after each request was carried out. The exception that it returns is thrown instead of the answer.</summary>
    public Func<Operation, CognitoProvisioningException?>? LoseAnswer { get; set; }

    /// <summary>Whether the first page is empty, and every other page has one item.</summary>
    public bool ServesSmallPages { get; set; }

    /// <summary>How long after its creation a user pool or app client is missing from lists.</summary>
    public TimeSpan ListsLagBehind { get; set; }

    /// <summary>Whether everything gets the same creation date, as with a clock that knows only seconds.</summary>
    public bool HasCoarseDates { get; set; }

    /// <summary>Whether the ids of newer things sort before the ids of older things.</summary>
    public bool GivesNewerIdsLowerNumbers { get; set; }

    /// <summary>How long a deleted domain still shows.</summary>
    public TimeSpan DomainLeavesAfter { get; set; } = TimeSpan.FromSeconds(30);

    public DateTimeOffset UtcNow => _time.GetUtcNow();

    public long Now => _time.GetElapsedTime(0).Ticks;

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    /// <summary>Sets the answer to an operation.</summary>
    public void Answer<TIn, TOut>(Operation<TIn, TOut> operation, Func<TIn, TOut> answer)
        where TOut : class => _answers.Add(operation, request => answer((TIn)request));

    /// <summary>Changes the answers to an operation, but not what the operation does.</summary>
    public void Alter<TIn, TOut>(Operation<TIn, TOut> operation, Func<TOut, TOut> alter)
        where TOut : class
    {
        var answer = _answers[operation];
        _answers[operation] = request => alter((TOut)answer(request));
    }

    /// <summary>Sets what an operation without output does.</summary>
    public void Answer<TIn>(Operation<TIn, NoOutput> operation, Action<TIn> act) => Answer(operation, request =>
    {
        act(request);
        return NoOutput.Instance;
    });

    public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add(operation.Name);
        Changes += operation.IsChange ? 1 : 0;
        if (Fault?.Invoke(operation) is { } fault)
            throw fault;

        TOut answer;
        try
        {
            if (EnforcesQuotas)
                Count(operation);
            answer = (TOut)_answers[operation](request!);
        }
        catch (Refusal refusal)
        {
            throw ServiceRefusal.CreateException(operation, refusal.Code, refusal.Message);
        }

        await Task.Yield();
        if (Calls.Count == DiesAfter)
            throw new DiedException();
        if (LoseAnswer?.Invoke(operation) is { } lost)
            throw lost;
        return answer;
    }

    public string CreateId(string prefix)
    {
        _lastId++;
        return $"{prefix}{(GivesNewerIdsLowerNumbers ? 99 - _lastId : _lastId)}";
    }

    public FakePool AddPool(string name, bool isOwned = false)
    {
        var pool = new FakePool { Id = CreateId("eu-west-1_Pool"), Name = name, CreationDate = CreateDate(), ShowsAt = Now + ListsLagBehind.Ticks };
        if (isOwned)
            pool.Tags[OwnershipTag.Key] = OwnershipTag.Created;
        Pools.Add(pool);
        return pool;
    }

    public FakeClient AddClient(FakePool pool, string name, bool hasSecret = true, string? givenSecret = null)
    {
        var client = new FakeClient { Id = CreateId("client"), Name = name, CreationDate = CreateDate(), ShowsAt = Now + ListsLagBehind.Ticks };
        if (hasSecret || givenSecret is not null)
            client.AddSecret(givenSecret);
        pool.Clients.Add(client);
        return client;
    }

    public FakePool FindPool(string id) => Pools.FirstOrDefault(pool => pool.Id == id) ?? throw new Refusal("ResourceNotFoundException", $"User pool {id} does not exist.");

    /// <summary>Takes one page of a list.</summary>
    public (List<T> Items, string? Next) TakePage<T>(List<T> all, int maxResults, int most, string? token)
    {
        Assert.InRange(maxResults, 1, most);
        if (ServesSmallPages && token is null)
            return ([], "0");

        var start = token is null ? 0 : int.Parse(token);
        var size = ServesSmallPages ? 1 : maxResults;
        return (all.Skip(start).Take(size).ToList(), start + size < all.Count ? $"{start + size}" : null);
    }

    private double CreateDate() => 1689721665.239 + (HasCoarseDates ? 0 : _lastId / 1000.0);

    private void Count(Operation operation)
    {
        var quota = operation.Quota;
        if (!_requests.TryGetValue(quota.Category, out var requests))
            _requests[quota.Category] = requests = [];

        requests.RemoveAll(request => request.At <= Now - TimeSpan.TicksPerSecond);
        var own = requests.Count(request => request.Operation == operation);
        if (requests.Count >= quota.PerSecond || own >= (quota.PerOperationAndPool ?? quota.PerSecond))
        {
            Throttled++;
            throw new Refusal("TooManyRequestsException", "Rate exceeded");
        }

        requests.Add((Now, operation));
    }
}

/// <summary>Cognito refuses a request.</summary>
internal sealed class Refusal(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>The process was killed before it saw the answer.</summary>
internal sealed class DiedException : Exception;
