using System.Net;
using System.Text;
using CognitoM2M.Cli;
using CognitoM2M.Provisioning;
using CognitoM2M.UserSessions;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Every error code, from constants, enumerations and their XML docs, and from what the exception says after each answer of Cognito.</summary>
internal static class ErrorsPage
{
    private static readonly (string Error, HttpStatusCode Status)[] _ofTokenEndpoint =
    [
        ("invalid_client", HttpStatusCode.BadRequest),
        ("invalid_grant", HttpStatusCode.BadRequest),
        ("invalid_request", HttpStatusCode.BadRequest),
        ("invalid_scope", HttpStatusCode.BadRequest),
        ("unauthorized_client", HttpStatusCode.BadRequest),
        ("unsupported_grant_type", HttpStatusCode.BadRequest),
    ];

    private static readonly (string Error, HttpStatusCode Status)[] _ofGetClientToken =
    [
        ("ForbiddenException", HttpStatusCode.Forbidden),
        ("InternalErrorException", HttpStatusCode.InternalServerError),
        ("InvalidParameterException", HttpStatusCode.BadRequest),
        ("NotAuthorizedException", HttpStatusCode.BadRequest),
        ("OperationNotEnabledException", HttpStatusCode.BadRequest),
        ("ResourceNotFoundException", HttpStatusCode.BadRequest),
        ("TooManyRequestsException", HttpStatusCode.BadRequest),
        ("UnknownOperationException", HttpStatusCode.BadRequest),
    ];

    public static async Task<string> WriteAsync()
    {
        var page = new ReferencePage(
            "Error codes",
            "This page lists every error code that the packages give, and what to do about it. The texts are the ones that the exceptions have.")
            .Section("CognitoTokenException", "A call needs a token, and there is none. The call was not sent. `Error` is one of these codes, or a code of Cognito. "
                + "More: [calling.md](../calling.md#errors), and for technical users [user-password.md](../user-password.md#errors).")
            .Table(["`Error`", "What happened", "What to do"], Packages.ListConstants(typeof(CognitoTokenErrors)).Select(constant => new[]
            {
                $"`{constant.Value}`",
                XmlDocs.ReadField(typeof(CognitoTokenErrors), constant.Name),
                XmlDocs.ReadField(typeof(CognitoTokenErrors), constant.Name, "remarks"),
            }))
            .Text("Cognito's codes on the route `OAuth2`, with the `Hint` of the exception:")
            .Table(["`Error`", "`IsTransient`", "`Hint`"], await ListHintsAsync(CognitoTokenRoute.OAuth2, _ofTokenEndpoint, error => $$"""{"error":"{{error}}"}"""))
            .Text("Cognito's codes on the route `GetClientToken`:")
            .Table(["`Error`", "`IsTransient`", "`Hint`"], await ListHintsAsync(CognitoTokenRoute.GetClientToken, _ofGetClientToken, error => $$"""{"__type":"{{error}}"}"""))
            .Section("CognitoUserSessionException", "A sign-in, a refresh or a sign-out of a user failed. `Failure` says what to do next. "
                + "The failure of each error: [user-sessions.md](../user-sessions.md#errors).")
            .Table(["`Failure`", "What happened"], Enum.GetValues<CognitoUserSessionFailure>().Select(failure => new[] { $"`{failure}`", XmlDocs.ReadField(typeof(CognitoUserSessionFailure), $"{failure}") }))
            .Text("`Error` is a code of Cognito or one of these:")
            .Table(["`Error`", "What happened"], Packages.ListConstants(typeof(CognitoUserSessionErrors)).Select(constant => new[]
            {
                $"`{constant.Value}`",
                XmlDocs.ReadField(typeof(CognitoUserSessionErrors), constant.Name),
            }))
            .Section("CognitoProvisioningException", "Provisioning failed. The message says what to do. The tool ends with the [exit code](exit-codes.md).")
            .Table(["`Error`", "What happened", "Exit code"], Enum.GetValues<ProvisioningError>().Select(error => new[]
            {
                $"`{error}`",
                XmlDocs.ReadField(typeof(ProvisioningError), $"{error}"),
                $"{(int)FindExitCode(error)}",
            }));
        return page.ToString();
    }

    public static ExitCode FindExitCode(ProvisioningError error) => Failure.Create(new CognitoProvisioningException(error, "failed")).Code;

    private static async Task<List<string[]>> ListHintsAsync(CognitoTokenRoute route, (string Error, HttpStatusCode Status)[] answers, Func<string, string> write)
    {
        var rows = new List<string[]>();
        foreach (var (error, status) in answers)
        {
            var failure = await GetFailureAsync(route, status, write(error));
            Assert.Equal(error, failure.Error);
            rows.Add([$"`{error}`", failure.IsTransient ? "yes" : "no", failure.Hint]);
        }

        return rows;
    }

    private static async Task<CognitoTokenException> GetFailureAsync(CognitoTokenRoute route, HttpStatusCode status, string body)
    {
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("orders", options =>
        {
            options.Route = route;
            options.Domain = route == CognitoTokenRoute.OAuth2 ? "acme-m2m" : null;
            options.Region = "eu-west-1";
            options.ClientId = "1example23456789abcdefghij";
            options.ClientSecret = "secret";
            options.Scopes.Add("orders/read");
            options.FirstFetchAttempts = 1;
        });
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => new FixedAnswer(status, body));
        await using var provider = services.BuildServiceProvider();
        return await Assert.ThrowsAsync<CognitoTokenException>(async () => await provider.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders"));
    }

    private sealed class FixedAnswer(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
