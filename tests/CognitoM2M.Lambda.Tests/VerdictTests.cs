using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;

namespace CognitoM2M.Lambda.Tests;

/// <summary>The table of verdicts, through the authorizer.</summary>
public sealed class VerdictTests
{
    private const string Route = "GET /orders";

    [Theory]
    [MemberData(nameof(VerdictTable.Groups), MemberType = typeof(VerdictTable))]
    public Task Every_kind_of_authorizer_lets_exactly_the_accepted_tokens_in(string group) =>
        // Spaces around the value of a header do not belong to it (RFC 9110, section 5.5).
        VerdictTable.Machines.CheckAsync(group, CheckAsync, verdict => verdict.Name is not ("form: a space at the start" or "form: a space at the end"));

    private static async Task CheckAsync(VerdictCase verdict)
    {
        var clock = verdict.CreateClock();
        using var verifier = new CognitoAccessTokenVerifier(verdict.CreateOptions(), createHttpClient: verdict.CreateKeySetServer().CreateClient, timeProvider: clock);
        var authorizer = new ApiGatewayAuthorizer(verifier, new RouteScopes().RequireToken(Route), timeProvider: clock);

        foreach (var kind in GatewayEvent.Kinds)
        {
            var request = GatewayEvent.Create(kind, Route, null, $"Bearer {verdict.Token}").ToBytes();

            Assert.Equal(Expect(kind, verdict.Reason), await AskAsync(authorizer, kind, request));
        }
    }

    private static string Expect(string kind, TokenRejectionReason? reason) => reason switch
    {
        null => "200",
        TokenRejectionReason.KeysNotAvailable => "500",
        TokenRejectionReason.ScopeMissing or TokenRejectionReason.GroupMissing => "403",
        // A cached denial would be wrong as soon as the key is known or the time has come.
        TokenRejectionReason.KeyNotFound or TokenRejectionReason.NotYetValid when !kind.StartsWith("rest", StringComparison.Ordinal) => "500",
        _ => kind.StartsWith("rest", StringComparison.Ordinal) ? "401" : "403",
    };

    /// <summary>The status that API Gateway gives to the caller.</summary>
    private static async Task<string> AskAsync(ApiGatewayAuthorizer authorizer, string kind, byte[] request)
    {
        try
        {
            var answer = await authorizer.AuthorizeAsync(request);
            var isAllowed = kind == "http-2.0" ? AuthorizerSetup.ReadIsAuthorized(answer) : IamPolicy.Parse(answer).Allows(GatewayEvent.CreateArn(Route));
            return isAllowed ? "200" : "403";
        }
        catch (Exception e) when (e is ApiGatewayUnauthorizedException or ApiGatewayAuthorizerException)
        {
            return e.Message == "Unauthorized" ? "401" : "500";
        }
    }
}
