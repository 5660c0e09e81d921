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

    private async Task FailAsync(Func<Task> operation)
    {
        var failure = await Assert.ThrowsAsync<CognitoUserSessionException>(operation);
        _output.AddRange([failure.ToString(), failure.Message, failure.UserMessage, failure.Hint, failure.Error]);
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
