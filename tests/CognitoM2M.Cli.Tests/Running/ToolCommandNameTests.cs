using CognitoM2M.Cli.Running;

namespace CognitoM2M.Cli.Tests.Running;

public sealed class ToolCommandNameTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cognito-m2m-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dotnet-tools.json")]
    [InlineData(".config/dotnet-tools.json")]
    public void Tool_of_a_manifest_is_started_by_dotnet(string manifest)
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "src", "Orders")).FullName;
        Write(manifest, """{ "version": 1, "tools": { "cognitom2m.cli": { "version": "1.0.0", "commands": [ "cognito-m2m" ] } } }""");

        Assert.Equal("dotnet cognito-m2m", ToolCommandName.Find("/usr/bin/dotnet", () => inner));
        Assert.Equal("dotnet cognito-m2m", ToolCommandName.Find("/usr/bin/dotnet", () => _folder));
    }

    [Fact]
    public void Installed_tool_is_a_program_of_its_own_also_beside_a_manifest()
    {
        Write("dotnet-tools.json", """{ "version": 1, "tools": { "cognitom2m.cli": { "version": "1.0.0" } } }""");

        Assert.Equal("cognito-m2m", ToolCommandName.Find("/home/ann/.dotnet/tools/cognito-m2m", () => _folder));
        Assert.Equal("cognito-m2m", ToolCommandName.Find(null, () => _folder));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("""{ "version": 1, "tools": { "other": { "version": "1.0.0" } } }""")]
    public void Tool_that_no_manifest_names_is_called_by_its_name(string? manifest)
    {
        if (manifest is not null)
            Write("dotnet-tools.json", manifest);

        Assert.Equal("cognito-m2m", ToolCommandName.Find("/usr/bin/dotnet", () => _folder));
    }

    [Fact]
    public void Deleted_folder_has_no_manifest_and_an_installed_tool_does_not_read_the_folder()
    {
        Assert.Equal("cognito-m2m", ToolCommandName.Find("/usr/bin/dotnet", () => throw new FileNotFoundException("The folder was deleted.")));
        Assert.Equal("cognito-m2m", ToolCommandName.Find("/home/ann/.dotnet/tools/cognito-m2m", () => throw new InvalidOperationException("not to be read")));
    }

    private void Write(string manifest, string text)
    {
        var path = Path.Combine(_folder, manifest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
