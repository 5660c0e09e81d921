using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.State;

public sealed class SignInStateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ManualClock _clock = new();

    private string StatePath => Path.Combine(_folder.FullName, "state.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Former_passwords_and_the_age_of_a_temporary_password_are_kept_over_a_restart()
    {
        await using (var first = await StartAsync())
        {
            var pool = first.CreateUserPool("shop", new EmulatedUserPoolOptions { CustomAttributes = ["tenant"] });
            await first.CallAsync("UpdateUserPool", JsonSerializer.SerializeToElement(new
            {
                UserPoolId = pool.Id,
                Policies = new { PasswordPolicy = new { PasswordHistorySize = 2 } },
            }));
            pool.CreateUser("robot", "Permanent1!").SetPassword("Permanent2!");
            pool.CreateUser("off", "Permanent1!").Disable();
            pool.CreateUser("new", new EmulatedUserOptions { Password = "Temporary1!", MustChangePassword = true });
            pool.CreateAppClient("login", new EmulatedAppClientOptions
            {
                ClientId = "login",
                GenerateSecret = false,
                ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"],
                AllowedOAuthFlowsUserPoolClient = false,
                AllowedOAuthFlows = [],
            });
        }

        _clock.Advance(TimeSpan.FromDays(7));
        await using var second = await StartAsync();

        var restored = Assert.Single(second.UserPools);
        Assert.Throws<ArgumentException>(() => restored.FindUser("robot")!.SetPassword("Permanent1!"));
        using var api = new EmulatorClient(second);
        Assert.Equal("NotAuthorizedException", await api.GetErrorAsync("InitiateAuth", new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            ClientId = "login",
            AuthParameters = new { USERNAME = "new", PASSWORD = "Temporary1!" },
        }));
        restored.FindUser("robot")!.SetAttribute("custom:tenant", "acme");
        Assert.False(restored.FindUser("off")!.IsEnabled);
        Assert.True(restored.FindUser("robot")!.IsEnabled);
    }

    [Fact]
    public async Task Sign_ins_their_revocation_and_wrong_passwords_are_kept_over_a_restart()
    {
        string clientId;
        JsonNode revoked, valid;
        await using (var first = await StartAsync())
        {
            var pool = first.CreateUserPool("shop");
            var user = pool.CreateUser("robot", "Permanent1!");
            clientId = pool.CreateAppClient("login", new EmulatedAppClientOptions
            {
                GenerateSecret = false,
                ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                AllowedOAuthFlowsUserPoolClient = false,
                AllowedOAuthFlows = [],
            }).ClientId;
            using var api = new EmulatorClient(first);
            revoked = await SignInAsync(api);
            user.SignOut();
            valid = await SignInAsync(api);
            for (var i = 0; i < 5; i++)
                Assert.Equal("NotAuthorizedException", await api.GetErrorAsync("InitiateAuth", SignIn("Wrong1!!")));
        }

        await using var second = await StartAsync();

        using var again = new EmulatorClient(second);
        await again.CallAsync("GetUser", new { AccessToken = valid["AccessToken"]!.GetValue<string>() });
        await again.CallAsync("InitiateAuth", Refresh(valid));
        Assert.Equal("NotAuthorizedException", await again.GetErrorAsync("InitiateAuth", Refresh(revoked)));
        // The fifth wrong password has locked the user out.
        Assert.Equal("NotAuthorizedException", await again.GetErrorAsync("InitiateAuth", SignIn("Permanent1!")));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync(again);

        async Task<JsonNode> SignInAsync(EmulatorClient api) =>
            (await api.CallAsync("InitiateAuth", SignIn("Permanent1!")))["AuthenticationResult"]!;

        object SignIn(string password) => new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            ClientId = clientId,
            AuthParameters = new { USERNAME = "robot", PASSWORD = password },
        };

        object Refresh(JsonNode tokens) => new
        {
            AuthFlow = "REFRESH_TOKEN_AUTH",
            ClientId = clientId,
            AuthParameters = new { REFRESH_TOKEN = tokens["RefreshToken"]!.GetValue<string>() },
        };
    }

    private Task<CognitoEmulator> StartAsync() =>
        CognitoEmulator.StartAsync(new CognitoEmulatorOptions { StateFile = StatePath, TimeProvider = _clock });
}
