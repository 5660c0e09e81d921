using System.Text.Json;
using CognitoM2M.Aws.Tests;

namespace CognitoM2M.Cli.Tests.Secrets;

/// <summary>Commands with <c>--secrets ssm:/PATH</c>.</summary>
public sealed class ParameterStoreTests : ToolTestBase
{
    private const string Destination = "ssm:/acme/m2m";
    private const string Key = "11111111-2222-3333-4444-555555555555";

    private FakeParameterStore _store = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _store = await FakeParameterStore.StartAsync();
        Variables["AWS_ENDPOINT_URL_SSM"] = _store.Address;
    }

    public override async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Apply_stores_the_secret_in_a_parameter_and_shows_it_nowhere()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination, "--kms-key", Key);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("SecureString", _store.Parameters["/acme/m2m/billing"].Type);
        Assert.Equal(Key, _store.Requests[^1].KmsKey);
        Assert.Contains("Parameter Store, /acme/m2m/NAME", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ReadParameter(), run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotation_in_two_steps_changes_the_parameter_in_the_first()
    {
        await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);
        var old = ReadParameter();

        var first = await RunAsync("rotate-secret", BlueprintPath, "--keep-old", "--secrets", Destination);
        var between = ReadParameter();
        var second = await RunAsync("rotate-secret", BlueprintPath, "--finish", "--secrets", Destination, "--json");

        Assert.Equal((ExitCode.Success, ExitCode.Success), (first.Code, second.Code));
        Assert.NotEqual(old, between);
        Assert.Equal(between, ReadParameter());
        Assert.Equal("/acme/m2m", second.Json.GetProperty("secretsParameterPath").GetString());
    }

    [Fact]
    public async Task Requests_are_signed_for_the_region_with_invented_credentials_if_none_are_named()
    {
        await RunAsync("apply", BlueprintPath, "--yes", "--region", "eu-north-1", "--secrets", Destination);

        Assert.NotEmpty(_store.Requests);
        Assert.All(_store.Requests, request => Assert.Matches("Credential=emulator/[0-9]{8}/eu-north-1/ssm/", request.Authorization));
    }

    [Fact]
    public async Task Secrets_of_an_emulator_do_not_go_to_AWS()
    {
        Variables.Remove("AWS_ENDPOINT_URL_SSM");
        Variables.Remove("AWS_ENDPOINT_URL");

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--endpoint-url", Cognito.BaseAddress.ToString(), "--secrets", Destination);

        // The emulator is asked, and has no Parameter Store.
        Assert.Equal(ExitCode.Secret, run.Code);
        Assert.Contains("ssm:GetParameter failed for parameter '/acme/m2m' with UnknownOperationException", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Name_that_no_parameter_can_have_stops_apply_before_the_first_change()
    {
        ChangeBlueprint("\"name\": \"billing\"", "\"name\": \"billing service\"");

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("the name of app client 'billing service' cannot be part of the name of a parameter", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Parameter_of_an_app_client_of_another_user_pool_stays_until_the_user_lets_it_be_replaced()
    {
        await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);
        var first = ReadParameter();
        ChangeBlueprint("\"name\": \"shop\" }", "\"name\": \"second\" }");
        Write(BlueprintPath, File.ReadAllText(BlueprintPath).Replace("shop-m2m", "second-m2m", StringComparison.Ordinal));

        var refused = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);
        var between = ReadParameter();
        var allowed = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination, "--replace-secrets");

        Assert.Equal((ExitCode.Secret, ExitCode.Success), (refused.Code, allowed.Code));
        Assert.Contains("under the name 'billing' it holds the secret of another app client", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--replace-secrets", refused.Error, StringComparison.Ordinal);
        Assert.Equal(first, between);
        Assert.NotEqual(first, ReadParameter());
    }

    [Theory]
    [InlineData("plain text of another team")]
    [InlineData("{\"ClientSecret\":\"marker\"}")]
    [InlineData("[7]")]
    public async Task Parameter_that_holds_something_else_stays(string value)
    {
        _store.Parameters["/acme/m2m/billing"] = ("SecureString", value);

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);

        Assert.Equal(ExitCode.Secret, run.Code);
        Assert.Contains("holds a secret that names no app client", run.Error, StringComparison.Ordinal);
        Assert.Equal(value, _store.Parameters["/acme/m2m/billing"].Value);
        Assert.DoesNotContain("marker", run.Everything, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Profile_that_does_not_exist_is_named()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes", "--profile", "missing-profile", "--secrets", Destination);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("There is no AWS profile 'missing-profile'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_and_secret_of_one_app_client_are_stored_in_one_parameter()
    {
        Write(BlueprintPath, """{ "userPool": { "name": "robots" }, "appClients": [ { "name": "billing", "route": "UserPassword", "generateSecret": true } ] }""");
        await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);
        var secret = ReadParameter();

        var created = await RunAsync("user", "create", "ann", "--blueprint", BlueprintPath, "--secrets", Destination);
        await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Destination);

        Assert.Equal(ExitCode.Success, created.Code);
        Assert.Equal(secret, ReadParameter());
        using var value = JsonDocument.Parse(_store.Parameters["/acme/m2m/billing"].Value);
        Assert.Equal(["ClientId", "ClientSecret", "Username", "Password", "UserPoolId", "TokenEndpoint"], value.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain(value.RootElement.GetProperty("Password").GetString()!, created.Everything, StringComparison.Ordinal);
    }

    private string ReadParameter()
    {
        using var value = JsonDocument.Parse(_store.Parameters["/acme/m2m/billing"].Value);
        return value.RootElement.GetProperty("ClientSecret").GetString()!;
    }
}
