using System.Text.Json;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;

namespace CognitoM2M.UserSessions.Tests.Support;

/// <summary>A test with an emulator of its own, the user <c>ann</c>, and a public app client for all ways to sign in.</summary>
public abstract class SessionsTest : IAsyncLifetime
{
    protected const string Password = "Permanent1!";
    protected const string Callback = "http://localhost:3000/callback";
    protected const string Bye = "http://localhost:3000/bye";

    private readonly List<CognitoUserSessions> _created = [];

    private protected ManualClock Clock { get; } = new();

    private protected LogRecorder Log { get; } = new();

    protected CognitoEmulator Cognito { get; private set; } = null!;

    protected EmulatedUserPool Pool { get; private set; } = null!;

    protected EmulatedAppClient Web { get; private set; } = null!;

    protected EmulatedUser Ann { get; private set; } = null!;

    protected CognitoUserSessions Sessions { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { TimeProvider = Clock });
        Pool = Cognito.CreateUserPool("shop");
        Web = CreateClient("web", hasSecret: false);
        Ann = Pool.CreateUser("ann", new EmulatedUserOptions
        {
            Password = Password,
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "ann@example.com" },
        });
        Sessions = Create(Web);
    }

    public async Task DisposeAsync()
    {
        _created.ForEach(sessions => sessions.Dispose());
        Log.Dispose();
        await Cognito.DisposeAsync();
    }

    protected EmulatedAppClient CreateClient(string name, bool hasSecret) => Pool.CreateAppClient(name, new EmulatedAppClientOptions
    {
        GenerateSecret = hasSecret,
        ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AllowedOAuthFlows = ["code"],
        AllowedOAuthScopes = ["openid", "aws.cognito.signin.user.admin"],
        CallbackUrls = [Callback],
        LogoutUrls = [Bye],
    });

    protected CognitoUserSessions Create(EmulatedAppClient client, Action<CognitoUserSessionsOptions>? change = null)
    {
        var options = CreateOptions(client);
        change?.Invoke(options);
        var sessions = new CognitoUserSessions(options, Clock, Log);
        _created.Add(sessions);
        return sessions;
    }

    protected CognitoUserSessionsOptions CreateOptions(EmulatedAppClient client) => new()
    {
        ServiceUrl = Cognito.BaseAddress,
        DomainUrl = Cognito.BaseAddress,
        ClientId = client.ClientId,
        ClientSecret = client.ClientSecret,
        CallbackUrls = [Callback],
        LogoutUrls = [Bye],
        StateKeys = [TestKeys.One],
    };

    protected async Task<CognitoUserTokens> SignInAsync(CognitoUserSessions? sessions = null) =>
        (await (sessions ?? Sessions).SignInAsync("ann", Password)).Tokens!;

    /// <summary>Changes settings of an app client, and keeps its flows.</summary>
    protected Task UpdateClientAsync(EmulatedAppClient client, params (string Name, object Value)[] settings)
    {
        var input = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["UserPoolId"] = Pool.Id,
            ["ClientId"] = client.ClientId,
            ["ExplicitAuthFlows"] = client.ExplicitAuthFlows,
        };
        foreach (var (name, value) in settings)
            input[name] = value;
        return CallAsync("UpdateUserPoolClient", input);
    }

    protected async Task CallAsync(string operation, object input)
    {
        var output = await Cognito.CallAsync(operation, JsonSerializer.SerializeToElement(input));
        Assert.False(output.TryGetProperty("__type", out _), output.ToString());
    }

    protected static async Task<CognitoUserSessionException> AssertFailsAsync(CognitoUserSessionFailure failure, string error, Func<Task> operation)
    {
        var exception = await Assert.ThrowsAsync<CognitoUserSessionException>(operation);
        Assert.Equal((failure, error), (exception.Failure, exception.Error));
        return exception;
    }

    /// <summary>Does what a browser does until it comes back to the callback.</summary>
    /// <returns>The query of the callback.</returns>
    private protected async Task<string> SignInWithBrowserAsync(CognitoAuthorization begun, Browser? known = null)
    {
        var browser = known ?? new Browser(Cognito.BaseAddress);
        try
        {
            var form = await browser.GetAsync((await browser.GetAsync(begun.Address.AbsoluteUri)).Location!);
            var page = await browser.PostAsync(form, ("username", "ann"), ("password", Password));
            return new Uri(page.Location!).Query;
        }
        finally
        {
            if (known is null)
                browser.Dispose();
        }
    }
}
