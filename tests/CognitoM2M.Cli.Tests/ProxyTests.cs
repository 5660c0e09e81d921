using System.Diagnostics;

namespace CognitoM2M.Cli.Tests;

/// <summary>
/// The tool as a process of its own, with a proxy in its environment and no exception for loopback. Its requests go to an emulator on
/// loopback: to the user pools API, to the token endpoint, and for the key set.
/// </summary>
public sealed class ProxyTests : ToolTestBase
{
    // Nobody listens on this port, so a request that goes to the proxy fails.
    private const string Proxy = "http://127.0.0.1:9";

    [Fact]
    public async Task Requests_to_loopback_do_not_go_to_the_proxy_of_the_environment()
    {
        await RunProcessAsync("", "apply", BlueprintPath, "--yes", "--secrets", SecretsPath);
        var token = await RunProcessAsync("", "token", "--config", SecretsPath);
        var verdict = await RunProcessAsync(token, "verify", "--user-pool-id", Cognito.UserPools[0].Id, "--any-client");

        Assert.StartsWith("valid until", verdict, StringComparison.Ordinal);
    }

    private async Task<string> RunProcessAsync(string input, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ToolHost).Assembly.Location, .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (var name in new[] { "http_proxy", "https_proxy", "all_proxy" })
            start.Environment[name] = Proxy;
        start.Environment["AWS_ENDPOINT_URL"] = Variables["AWS_ENDPOINT_URL"];

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{args[0]} ended with {process.ExitCode}: {output}{await error}");
        return output;
    }
}
