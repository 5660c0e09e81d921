namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>What is examined: a configuration section, options alone, or a blueprint.</summary>
public sealed class SubjectTests : DoctorTestBase
{
    private const string TwoClients =
        """
        {
          "userPool": { "name": "shop" },
          "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
          "appClients": [
            { "name": "billing", "scopes": [ "orders/read" ], "route": "GetClientToken" },
            { "name": "stock", "scopes": [ "orders/read" ], "route": "GetClientToken" } ]
        }
        """;

    [Fact]
    public async Task Blueprint_alone_is_enough_after_apply()
    {
        await ApplyAsync();

        var run = await RunAsync("doctor", BlueprintPath, "--json");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.DoesNotContain(ReadStoredSecret(), run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blueprint_with_a_configuration_examines_what_the_service_is_configured_with()
    {
        await ApplyAsync();
        Variables["CognitoM2M__Clients__billing__ClientSecret"] = Secret;

        AssertFirstFailed(await RunAsync("doctor", BlueprintPath, "--config", SecretsPath, "--json"), "secret", ExitCode.Credentials);
    }

    [Fact]
    public async Task Blueprint_that_was_not_applied_is_reported()
    {
        AssertFirstFailed(await RunAsync("doctor", BlueprintPath, "--json"), "settings", ExitCode.NotFound);
    }

    [Fact]
    public async Task Blueprint_with_several_app_clients_needs_a_choice()
    {
        Write(BlueprintPath, TwoClients);
        await ApplyAsync();

        var run = await RunAsync("doctor", BlueprintPath, "--json");

        AssertFirstFailed(run, "settings", ExitCode.Ambiguous);
        Assert.Contains("'billing', 'stock'", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await RunAsync("doctor", BlueprintPath, "--client", "stock")).Code);
        AssertFirstFailed(await RunAsync("doctor", BlueprintPath, "--client", "sales", "--json"), "settings", ExitCode.InvalidFile);
    }

    [Fact]
    public async Task Secret_that_Cognito_does_not_show_any_more_is_asked_for()
    {
        await ApplyAsync();
        var client = Cognito.UserPools[0].AppClients[0];
        client.AddSecret(Secret);
        client.DeleteSecret(client.ClientSecrets[0]);
        CreateProvisioner = options => new Provisioning.CognitoProvisioner(options);

        var run = await RunAsync("doctor", BlueprintPath, "--json");
        Input = Secret;
        var repaired = await RunAsync("doctor", BlueprintPath, "--client-secret-file", "-");

        AssertFirstFailed(run, "settings", ExitCode.Secret);
        Assert.Equal(ExitCode.Success, repaired.Code);
    }

    [Fact]
    public async Task Options_alone_need_no_configuration()
    {
        await ApplyAsync();
        Input = ReadStoredSecret();

        var run = await RunAsync("doctor", "--client-id", Cognito.UserPools[0].AppClients[0].ClientId, "--client-secret-file", "-");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.EndsWith($"Nothing is wrong.{Environment.NewLine}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_file_that_does_not_exist_is_reported()
    {
        var run = await ExamineAsync();

        AssertFirstFailed(run, "settings", ExitCode.InvalidFile);
        Assert.All(run.Json.GetProperty("checks").EnumerateArray().Skip(1), check => Assert.Equal("skipped", check.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Settings_that_are_not_valid_are_all_listed()
    {
        Write(SecretsPath, """{ "CognitoM2M": { "Clients": { "billing": { "Region": "Ireland", "ClientId": "a b" } } } }""");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "settings", ExitCode.InvalidFile);
        Assert.Contains("Region 'Ireland'", run.Error, StringComparison.Ordinal);
        Assert.Contains("ClientSecret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_environment_variable_is_a_wrong_setting()
    {
        await ApplyAsync();
        Variables["AWS_REGION"] = "Ireland";

        AssertFirstFailed(await ExamineAsync(), "settings", ExitCode.Usage);
    }
}
