using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Tests.Running;

/// <summary>The tool takes its credentials from a role, as a pipeline does. The emulator accepts only requests that are signed with the key of the role.</summary>
public sealed class RoleCredentialsTests : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::123456789012:role/cognito-apply";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");
    private FakeTokenService _sts = null!;
    private CognitoEmulator _cognito = null!;

    public async Task InitializeAsync()
    {
        _sts = await FakeTokenService.StartAsync();
        _cognito = await CognitoEmulator.StartAsync(new() { RequiredCredentials = new(FakeTokenService.AccessKeyId, FakeTokenService.SecretAccessKey) });
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "cognito-m2m.json"), """{ "userPool": { "name": "acme" } }""");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "token"), "token-of-the-pipeline");
    }

    public async Task DisposeAsync()
    {
        await _cognito.DisposeAsync();
        await _sts.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [LinuxTheory]
    [InlineData("role_arn = {role}\nweb_identity_token_file = {folder}/token", "AssumeRoleWithWebIdentity")]
    [InlineData("role_arn = {role}\nsource_profile = base\n[profile base]\naws_access_key_id = a\naws_secret_access_key = b", "AssumeRole")]
    public async Task Profile_that_assumes_a_role_is_used(string profile, string action)
    {
        var config = profile.Replace("{role}", Role, StringComparison.Ordinal).Replace("{folder}", _folder.FullName, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "config"), $"[profile pipeline]\nregion = eu-west-1\n{config}\n");

        using var tool = ToolProcess.Start(
            _cognito.BaseAddress,
            _folder.FullName,
            ["apply", "--yes"],
            ("AWS_CONFIG_FILE", Path.Combine(_folder.FullName, "config")),
            ("AWS_PROFILE", "pipeline"),
            ("AWS_ENDPOINT_URL_STS", _sts.Address));
        var (code, output, error) = await tool.WaitAsync();

        Assert.True(code == 0, output + error);
        Assert.Equal("acme", Assert.Single(_cognito.UserPools).Name);
        Assert.Equal((action, Role), (_sts.Requests[0]["Action"], _sts.Requests[0]["RoleArn"]));
    }
}
