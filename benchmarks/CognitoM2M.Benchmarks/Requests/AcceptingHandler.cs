using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Benchmarks.Requests;

/// <summary>
/// Accepts every request without looking at it. What remains is the cost of authentication and authorization in ASP.NET Core itself, which no scheme can
/// go below.
/// </summary>
internal sealed class AcceptingHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Accepting";

    private static readonly ClaimsPrincipal _everybody = new(new ClaimsIdentity([], SchemeName));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(_everybody, SchemeName)));
}
