using System.Text.Json;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>Runs <c>doctor</c> and reads its verdicts.</summary>
public abstract class DoctorTestBase : ToolTestBase
{
    /// <summary>The secret in the sections that the tests write.</summary>
    protected const string Secret = "Secret0Secret0Secret0Secret0Secret0";

    /// <summary>Writes a configuration section whose token endpoint is this address.</summary>
    protected void WriteSection(string tokenEndpoint, string clientId = "abc123", string secret = Secret, string more = "") => Write(
        SecretsPath,
        $$"""{ "CognitoM2M": { "Clients": { "billing": { "TokenEndpoint": "{{tokenEndpoint}}", "ClientId": "{{clientId}}", "ClientSecret": "{{secret}}" {{more}} } } } }""");

    /// <summary>Examines the section of <see cref="ToolTestBase.SecretsPath"/>.</summary>
    private protected Task<ToolRun> ExamineAsync(params string[] more) => RunAsync(["doctor", "--config", SecretsPath, "--json", .. more]);

    /// <summary>Asserts that this check is the first check that failed, and that the tool returned the exit code of this check.</summary>
    private protected static void AssertFirstFailed(ToolRun run, string check, ExitCode code)
    {
        Assert.Equal(check, run.Json.GetProperty("firstFailed").GetString());
        Assert.Equal(code, run.Code);
        Assert.Equal((int)code, run.Json.GetProperty("error").GetProperty("exitCode").GetInt32());
        Assert.Contains($"error: {check}: ", run.Error, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(Find(run, check).GetProperty("remedy").GetString()));
    }

    private protected static JsonElement Find(ToolRun run, string check) =>
        run.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == check);

    private protected static string VerdictOf(ToolRun run, string check) => Find(run, check).GetProperty("verdict").GetString()!;

    private protected static string FindingOf(ToolRun run, string check) => Find(run, check).GetProperty("finding").GetString()!;
}
