using System.Security.Claims;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Diagnostics;
using CognitoM2M.AspNetCore.Requirements;
using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Says in the log why requests are answered with an error: one line for each request, and one line per second for requests that anybody can send. Several schemes
/// may be asked about a request, also schemes of other packages. So the line about a rejected token waits until the response starts, and is left out if
/// another scheme has accepted the request.
/// </summary>
internal sealed class AnswerLog : IDisposable
{
    private const string UsernameOfAccessToken = "username";

    private readonly QuietLogger _logger;
    private readonly LogLimiter _strangers;
    private readonly List<RegisteredScheme> _schemes;

    public AnswerLog(ILoggerFactory loggerFactory, TimeProvider timeProvider, IEnumerable<RegisteredScheme> schemes)
    {
        _logger = Log.CreateLogger(loggerFactory);
        _strangers = new LogLimiter(timeProvider, others => Log.MoreStrangersRejected(_logger, others));
        _schemes = [.. schemes];
    }

    /// <summary>A scheme rejected the token of a request.</summary>
    public void TokenRejected(HttpContext context, string scheme, TokenRejection rejection)
    {
        var verdicts = RequestVerdicts.FindOrAdd(context);
        verdicts.Reject(scheme, rejection);
        if (verdicts.Rejections > 1)
            return;
        // An error page may replace the endpoint before the response starts.
        var endpoint = context.GetEndpoint();
        if (context.Response.HasStarted)
        {
            Write(endpoint, scheme, rejection);
            return;
        }

        context.Response.OnStarting(WriteOnceAsync);
        // If the application throws, the server responds, and no response starts before the request has ended.
        context.Response.OnCompleted(WriteOnceAsync);

        Task WriteOnceAsync()
        {
            if (verdicts.IsFirstLine())
                WriteMostTelling(context, endpoint ?? context.GetEndpoint(), verdicts);
            return Task.CompletedTask;
        }
    }

    /// <summary>A scheme accepted the token of a request.</summary>
    public void TokenAccepted(HttpContext context)
    {
        // If there is one scheme only, no other scheme can reject the request.
        if (_schemes.Count > 1)
            RequestVerdicts.FindOrAdd(context).Accept();
    }

    /// <summary>An event handler of the application accepted a request although a scheme rejected its token.</summary>
    public static void AcceptedInSpite(HttpContext context) => RequestVerdicts.FindOrAdd(context).Accept();

    /// <summary>It is unclear which token of a request counts.</summary>
    public void RequestAmbiguous(HttpContext context, string scheme, string problem)
    {
        // Each scheme sees the same two tokens, so only the first scheme writes the line.
        var verdicts = RequestVerdicts.FindOrAdd(context);
        if (!verdicts.IsRejected)
            WriteOfStranger(context.GetEndpoint(), scheme, problem);
        verdicts.Refuse();
    }

    /// <summary>An event handler of the application refused a request.</summary>
    public void Refused(HttpContext context, string scheme, string reason)
    {
        RequestVerdicts.FindOrAdd(context).Refuse();
        Log.Refused(_logger, Describe(context), scheme, OneLine.Show(reason));
    }

    /// <summary>The endpoint forbids a request whose token is valid.</summary>
    public void Forbidden(HttpContext context, string scheme, ClaimsPrincipal caller)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
            return;

        var client = OneLine.Show(FindClient(caller));
        var held = OneLine.Show(string.Join(' ', Find(caller, CognitoM2MAuthenticationDefaults.ScopeClaimType)));
        var record = RequirementRecord.Find(context);
        var demanded = record is null ? "no scopes" : OneLine.Escape(string.Join("; ", record.Requirements));
        if (record is { IsAnyScopeMissing: true })
            Log.ScopeMissing(_logger, Describe(context), scheme, client, held, demanded);
        else if (record is { IsAnyGroupMissing: true })
            WriteGroupMissing(context, scheme, caller, client, demanded);
        else
            Log.RequirementNotMet(_logger, Describe(context), scheme, client, held, demanded);
    }

    public void Dispose() => _strangers.Dispose();

    private void WriteGroupMissing(HttpContext context, string scheme, ClaimsPrincipal caller, string client, string demanded)
    {
        var user = Find(caller, CognitoM2MAuthenticationDefaults.UsernameClaimType).Concat(Find(caller, UsernameOfAccessToken)).FirstOrDefault();
        var groups = OneLine.Show(string.Join(' ', Find(caller, CognitoM2MAuthenticationDefaults.GroupsClaimType)));
        if (user is null)
            Log.GroupMissingOfMachine(_logger, Describe(context), scheme, client, demanded);
        else
            Log.GroupMissing(_logger, Describe(context), scheme, client, OneLine.Show(user), groups, demanded);
    }

    private void WriteMostTelling(HttpContext context, Endpoint? endpoint, RequestVerdicts verdicts)
    {
        var isAccepted = verdicts.IsAccepted || context.User.Identities.Any(identity => identity.IsAuthenticated);
        if (verdicts.IsAnswered || !isAccepted)
            Write(endpoint, verdicts.MostTelling.Scheme, verdicts.MostTelling.Rejection);
    }

    private void Write(Endpoint? endpoint, string scheme, TokenRejection rejection)
    {
        var explained = RejectionHint.Add(rejection, isOwn: _schemes.Exists(known => known.IsOwn && known.Name == scheme));
        if (rejection.ClientId is { } client)
            Log.TokenRejected(_logger, Describe(endpoint), scheme, OneLine.Show(client), explained.Reason, explained.Expected, explained.Actual);
        else
            WriteOfStranger(endpoint, scheme, explained.Message);
    }

    /// <summary>Logs the rejection of a request that anybody could have sent. At most one such line is written per second.</summary>
    private void WriteOfStranger(Endpoint? endpoint, string scheme, string problem)
    {
        if (_logger.IsEnabled(LogLevel.Information) && _strangers.MayWrite())
            Log.StrangerRejected(_logger, Describe(endpoint), scheme, problem);
    }

    // The line has the name of the endpoint and not the path, because the caller chooses the path.
    private static string Describe(HttpContext context) => Describe(context.GetEndpoint());

    private static string Describe(Endpoint? endpoint) => endpoint?.DisplayName is { } name ? OneLine.Escape(name) : "A request without an endpoint";

    // An ID token has no client_id. Its audience is the app client.
    private static string? FindClient(ClaimsPrincipal caller) =>
        Find(caller, CognitoM2MAuthenticationDefaults.ClientIdClaimType).Concat(Find(caller, "aud")).FirstOrDefault();

    // FindAll with a type would ignore upper and lower case.
    private static IEnumerable<string> Find(ClaimsPrincipal caller, string type) => caller.FindAll(claim => claim.Type == type).Select(claim => claim.Value);
}
