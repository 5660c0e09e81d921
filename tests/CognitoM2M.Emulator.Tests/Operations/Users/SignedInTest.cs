using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Users;

/// <summary>A test with the user <c>ann</c> and a public app client, <see cref="Login"/>, that users sign in with.</summary>
public abstract class SignedInTest : EmulatorTest
{
    protected const string Password = "Permanent1!";
    protected const string Invalid = "InvalidParameterException";
    protected const string NotAuthorized = "NotAuthorizedException";

    protected EmulatedUser Ann { get; private set; } = null!;

    protected string Login { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Ann = Pool.CreateUser("ann", Password);
        Login = await CreateClientAsync(new { });
    }

    /// <summary>Creates a public app client with further settings.</summary>
    /// <returns>The client id.</returns>
    protected async Task<string> CreateClientAsync(object settings)
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(settings)!.AsObject();
        input["UserPoolId"] = Pool.Id;
        input["ClientName"] = "login";
        input["ExplicitAuthFlows"] ??= new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH");
        return (await CallAsync("CreateUserPoolClient", input))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
    }

    protected async Task<SignedInTokens> SignInAsync(string? clientId = null) =>
        Read(await CallAsync("InitiateAuth", CreateSignIn(clientId ?? Login)));

    protected async Task<SignedInTokens> RefreshAsync(string refreshToken, string? clientId = null) =>
        Read(await CallAsync("InitiateAuth", CreateRefresh(refreshToken, clientId)));

    protected object CreateRefresh(string refreshToken, string? clientId = null) => new
    {
        AuthFlow = "REFRESH_TOKEN_AUTH",
        ClientId = clientId ?? Login,
        AuthParameters = new { REFRESH_TOKEN = refreshToken },
    };

    protected static object CreateSignIn(string clientId, string password = Password, string username = "ann") => new
    {
        AuthFlow = "USER_PASSWORD_AUTH",
        ClientId = clientId,
        AuthParameters = new { USERNAME = username, PASSWORD = password },
    };

    protected static SignedInTokens Read(JsonObject output)
    {
        var result = output["AuthenticationResult"]!;
        return new SignedInTokens(
            result["AccessToken"]!.GetValue<string>(), result["IdToken"]!.GetValue<string>(), result["RefreshToken"]?.GetValue<string>());
    }
}

public sealed record SignedInTokens(string AccessToken, string IdToken, string? RefreshToken);
