using System.Net;
using System.Net.Http.Headers;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The API accepts the token, and does not answer without one.</summary>
internal sealed class ApiCheck() : Check("api")
{
    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Subject.Api is not { } api)
            return CheckResult.Skipped("No API is named with --api URL.");

        try
        {
            using var http = new HttpClient(examination.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
            var without = await AskAsync(token: null).ConfigureAwait(false);
            if (examination.Answer?.Token is not { } token)
                return CheckResult.Unknown($"Without a token, the API answers with status {(int)without}. There is no token to call it with.");

            return Judge(examination.Subject, without, await AskAsync(token.Value).ConfigureAwait(false));

            Task<HttpStatusCode> AskAsync(string? token) => TimeLimit.RunAsync(limited => CallAsync(http, api, token, limited), examination.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return CheckResult.Failed(ExitCode.TimedOut, $"{api.Authority} did not answer within {TimeLimit.Text}.", "Check that the API runs, and that this machine can reach it.");
        }
        catch (HttpRequestException error)
        {
            return CheckResult.Failed(
                ExitCode.Unreachable, $"{api.Authority} cannot be called ({error.HttpRequestError}).", "Check the address, and that the API runs. With https, check its certificate.");
        }
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient http, Uri api, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, api);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return response.StatusCode;
    }

    private static string DescribeKind(Subject subject) =>
        !subject.SignsIn ? "Access tokens of Cognito have no audience (aud)."
        : subject.Options.TokenKind == CognitoTokenKind.Id ? "An API of this library accepts ID tokens if AcceptedTokens is Id or AccessAndId."
        : "Access tokens of Cognito have no audience (aud). An API that reads the audience may want an ID token: set TokenKind to Id.";

    private static CheckResult Judge(Subject subject, HttpStatusCode without, HttpStatusCode with)
    {
        var finding = $"The API answers with status {(int)without} without the token and with {(int)with} with the token.";
        return with switch
        {
            HttpStatusCode.Unauthorized => CheckResult.Failed(
                ExitCode.Failed,
                finding,
                $"The token is valid for this user pool, app client and scopes, so compare them with the settings of the API: user pool id, client ids, form of the issuer. {DescribeKind(subject)} Check the clock of the API's machine, too."),
            HttpStatusCode.Forbidden => CheckResult.Failed(
                ExitCode.Failed, finding, $"The API accepts the token, but it lacks a {(subject.SignsIn ? "group or a scope" : "scope")} for this address, or a firewall (WAF) blocks the call."),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => CheckResult.Failed(
                ExitCode.Failed, finding, "Give the address that the redirect leads to. The token is not sent along a redirect."),
            >= HttpStatusCode.InternalServerError => CheckResult.Failed(
                ExitCode.Unavailable, finding, "The API itself fails. Look at its log."),
            _ when without == HttpStatusCode.Unauthorized => CheckResult.Passed(finding),
            _ => CheckResult.Unknown(finding, "An answer other than 401 without a token means that this address is not protected. Give the address of an operation that needs a token."),
        };
    }
}
