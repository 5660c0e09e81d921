using System.Text.Json;
using CognitoM2M.Emulator;
using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace CognitoM2M.UserSessions.Tests.Diagnostics;

/// <summary>Runs every operation with marked secrets, also against a server that repeats the request in its errors, and searches all output for them.</summary>
public sealed class LeakTests : SessionsTest
{
    private const string Marked = "Mark0fPassword!";

    private readonly List<string> _output = [];

    [Fact]
    public async Task No_password_code_token_state_or_user_name_is_in_a_log_an_exception_or_a_text()
    {
        var client = CreateClient("second", hasSecret: true);
        var sessions = Create(client);
        Pool.CreateUser("user-name-mark", Marked);
        var result = await sessions.SignInAsync("user-name-mark", Marked);
        var begun = sessions.CreateAuthorization(new() { ReturnUrl = "/return-mark" });
        var state = QueryHelpers.ParseQuery(begun.Address.Query)["state"].ToString();
        var challenge = new CognitoChallenge("SMS_MFA", "user-name-mark", "session-mark");
        var tokens = result.Tokens!;
        Show(result, tokens, challenge, begun, await sessions.GetUserAsync(tokens.AccessToken), CreateOptions(client));

        EmulatorFault[] faults =
        [
            EmulatorFault.AwsError("NotAuthorizedException", $"{Marked} user-name-mark session-mark code-mark {tokens.RefreshToken}"),
            EmulatorFault.AwsError($"Odd{Marked}Exception", Marked),
            EmulatorFault.OAuthError("code-mark"),
            EmulatorFault.Html(503) with { Body = $"<html>{Marked} {tokens.AccessToken} code-mark</html>" },
            EmulatorFault.Status(200) with { Body = $"{{\"{Marked}\":\"code-mark\"", ContentType = "application/json" },
            EmulatorFault.Drop(),
        ];
        foreach (var fault in faults)
        {
            // Otherwise requests would wait for their turn, on a clock that stands still.
            Clock.Advance(TimeSpan.FromSeconds(10));
            Cognito.Faults.Set(EmulatorEndpoint.JsonApi, fault);
            Cognito.Faults.Set(EmulatorEndpoint.Token, fault);
            await FailAsync(() => sessions.SignInAsync("user-name-mark", Marked));
            await FailAsync(() => sessions.AnswerCodeAsync(challenge, "code-mark"));
            await FailAsync(() => sessions.AnswerNewPasswordAsync(new CognitoChallenge("NEW_PASSWORD_REQUIRED", "user-name-mark", "session-mark"), Marked));
            await FailAsync(() => sessions.RefreshAsync(tokens.RefreshToken!, "user-name-mark"));
            await FailAsync(() => sessions.GetUserAsync(tokens.AccessToken));
            await FailAsync(() => sessions.RevokeAsync(tokens.RefreshToken!));
            await FailAsync(() => sessions.GlobalSignOutAsync(tokens.AccessToken));
            await FailAsync(() => sessions.CompleteAuthorizationAsync($"?code=code-mark&state={state}", begun.CodeVerifier));
        }

        await FailAsync(() => sessions.CompleteAuthorizationAsync($"?code=code-mark&state={state}", "verifier-mark"));
        await FailAsync(() => sessions.CompleteAuthorizationAsync($"?error=code-mark&state={state}", begun.CodeVerifier));
        await FailAsync(() => Task.FromResult(sessions.CreateAuthorization(new() { ReturnUrl = "//return-mark" })));
        await FailAsync(() => Task.FromResult(sessions.OpenChallenge("session-mark")));

        string[] secrets =
        [
            Marked, "user-name-mark", "session-mark", "code-mark", "verifier-mark", "return-mark", tokens.AccessToken, tokens.IdToken!, tokens.RefreshToken!,
            client.ClientSecret!, state, begun.CodeVerifier, begun.Nonce, TestKeys.One,
        ];
        Assert.NotEmpty(Log.Lines);
        Assert.True(_output.Count > 50);
        Assert.All(_output.Concat(Log.Lines), text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Error_name_that_repeats_a_secret_is_not_quoted()
    {
        var verifier = "MarkedVerifier" + new string('v', 30);
        var sessions = Create(Web, options => options.ClientSecret = "MarkedSecret");
        var (code, password) = (new CognitoChallenge("SMS_MFA", "MarkedUser", "MarkedSession"), new CognitoChallenge("NEW_PASSWORD_REQUIRED", "MarkedUser", "MarkedSession"));
        (Func<Task> Operation, string[] Secrets)[] operations =
        [
            (() => sessions.SignInAsync("MarkedUser", "MarkedPassword"), ["MarkedUser", "MarkedPassword"]),
            (() => sessions.AnswerCodeAsync(code, "MarkedCode"), ["MarkedUser", "MarkedSession", "MarkedCode"]),
            (() => sessions.AnswerNewPasswordAsync(password, "MarkedPassword"), ["MarkedUser", "MarkedSession", "MarkedPassword"]),
            (() => sessions.RefreshAsync("MarkedToken", "MarkedUser"), ["MarkedToken", "MarkedUser"]),
            (() => sessions.GetUserAsync("MarkedToken"), ["MarkedToken"]),
            (() => sessions.GlobalSignOutAsync("MarkedToken"), ["MarkedToken"]),
            (() => sessions.RevokeAsync("MarkedToken"), ["MarkedToken"]),
            (() => sessions.ExchangeCodeAsync("MarkedCode", Callback, verifier), ["MarkedCode", verifier]),
        ];

        foreach (var (operation, secrets) in operations)
        {
            foreach (var secret in secrets.Append("MarkedSecret"))
            {
                Clock.Advance(TimeSpan.FromSeconds(10));
                Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError(secret, "text"));
                Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError(secret));
                await FailAsync(operation);
            }

            // A name that is in none of the secrets is shown, so the marks above would be shown, too.
            Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError("UnmarkedName", "text"));
            Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError("UnmarkedName"));
            Assert.Equal("UnmarkedName", (await FailAsync(operation)).Error);
        }

        Assert.All(_output.Concat(Log.Lines), text => Assert.DoesNotContain("Marked", text, StringComparison.Ordinal));
    }

    private async Task<CognitoUserSessionException> FailAsync(Func<Task> operation)
    {
        var before = Log.Lines.Count;
        var failure = await Assert.ThrowsAsync<CognitoUserSessionException>(operation);
        Assert.Equal(before + 1, Log.Lines.Count);
        Assert.Contains(failure.Error, Log.Lines.Last(), StringComparison.Ordinal);
        _output.AddRange([failure.ToString(), failure.Message, failure.UserMessage, failure.Hint, failure.Error]);
        return failure;
    }

    private void Show(params object[] values)
    {
        foreach (var value in values)
        {
            _output.Add(value.ToString()!);
            if (value is not (CognitoUserProfile or CognitoUserSessionsOptions))
                _output.Add(JsonSerializer.Serialize(value));
        }
    }
}
