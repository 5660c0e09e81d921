namespace CognitoM2M.Cli.Tests.Commands;

public sealed class RotateSecretTests : ToolTestBase
{
    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task New_secret_is_in_the_file_and_nowhere_else(params string[] options)
    {
        await ApplyAsync();
        var old = ReadStoredSecret();

        var run = await RunAsync(["rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsPath, .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.NotEqual(old, ReadStoredSecret());
        Assert.DoesNotContain(old, run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(ReadStoredSecret(), run.Everything, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await RunAsync("token", "--config", SecretsPath)).Code);
    }

    [Fact]
    public async Task Only_the_new_secret_is_printed_on_request()
    {
        await ApplyAsync();
        var old = ReadStoredSecret();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsPath, "--show-secret");

        Assert.Contains(ReadStoredSecret(), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(old, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_client_outside_the_blueprint_has_the_exit_code_not_found()
    {
        await ApplyAsync();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--client", "nobody", "--secrets", SecretsPath);

        Assert.Equal(ExitCode.NotFound, run.Code);
    }

    [Fact]
    public async Task App_client_need_not_be_named_if_there_is_one()
    {
        await ApplyAsync();

        Assert.Equal(ExitCode.Success, (await RunAsync("rotate-secret", BlueprintPath, "--secrets", SecretsPath)).Code);
    }

    [Fact]
    public async Task App_client_must_be_named_if_there_are_two()
    {
        ChangeBlueprint("\"appClients\": [", "\"appClients\": [ { \"name\": \"reports\", \"scopes\": [ \"orders/read\" ] },");
        await ApplyAsync();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--secrets", SecretsPath);

        Assert.Equal(ExitCode.Ambiguous, run.Code);
        Assert.Contains("--client NAME. The app clients of the blueprint are 'reports', 'billing'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_ends_a_rotation_is_complete_and_quoted()
    {
        ChangeBlueprint("\"billing\"", "\"bill ${NAME}\"");
        var secrets = PathOf("my secrets.json");
        var applied = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", secrets, "--var", "NAME=b c");
        Assert.Equal((ExitCode.Success, ""), (applied.Code, applied.Code == ExitCode.Success ? "" : applied.Error));

        var run = await RunAsync("rotate-secret", BlueprintPath, "--keep-old", "--secrets", secrets, "--region", "eu-west-1", "--var", "NAME=b c", "--json");

        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Code == ExitCode.Success ? "" : run.Error));
        Assert.Equal(
            $@"cognito-m2m rotate-secret {BlueprintPath} --finish --client 'bill b c' --delete-after 65 --secrets '{secrets}' --endpoint-url {Variables["AWS_ENDPOINT_URL"]} --region eu-west-1 --var 'NAME=b c'",
            run.Json.GetProperty("finishCommand").GetString());
    }

    [Fact]
    public async Task Both_secrets_are_valid_until_the_second_step_of_a_rotation()
    {
        await ApplyAsync();
        File.Copy(SecretsPath, PathOf("old.json"));
        CommandName = "dotnet cognito-m2m";

        var first = await RunAsync("rotate-secret", BlueprintPath, "--keep-old", "--secrets", SecretsPath);
        var oldBetween = await RunAsync("token", "--config", PathOf("old.json"));
        var early = await RunAsync("rotate-secret", BlueprintPath, "--finish", "--delete-after", "60", "--secrets", SecretsPath);
        var wrongFile = await RunAsync("rotate-secret", BlueprintPath, "--finish", "--secrets", PathOf("old.json"));
        var second = await RunAsync("rotate-secret", BlueprintPath, "--finish", "--secrets", SecretsPath, "--json");

        Assert.Contains(
            $"dotnet cognito-m2m rotate-secret {BlueprintPath} --finish --client billing --delete-after 65 --secrets {SecretsPath} --endpoint-url {Variables["AWS_ENDPOINT_URL"]}",
            first.Output,
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, oldBetween.Code);
        Assert.Equal((ExitCode.Secret, ExitCode.Secret), (early.Code, wrongFile.Code));
        Assert.False(second.Json.GetProperty("isOldSecretKept").GetBoolean());
        Assert.Equal(ExitCode.Success, (await RunAsync("token", "--config", SecretsPath)).Code);
        Assert.Equal(ExitCode.Credentials, (await RunAsync("token", "--config", PathOf("old.json"))).Code);
    }
}
