using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace CognitoM2M.Aws.Tests;

/// <summary>The Parameter Store of moto, an independent emulator of AWS, in a process of its own on a free port.</summary>
internal sealed partial class MotoServer : IDisposable
{
    private const string Program = "moto_server";

    private readonly Process _process;

    private MotoServer(Process process, string address) => (_process, Address) = (process, address);

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? []).Any(folder => File.Exists(Path.Combine(folder, Program)));

    public string Address { get; }

    public static async Task<MotoServer> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo(Program, ["-H", "127.0.0.1", "-p", "0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // The output is read to its end, because the server stops when the pipe is full.
        _ = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (RunningOn().Match(line) is { Success: true } match)
            {
                _ = process.StandardError.ReadToEndAsync();
                return new MotoServer(process, match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException($"{Program} did not start.");
    }

    public IAmazonSimpleSystemsManagement CreateClient() => new AmazonSimpleSystemsManagementClient(
        new BasicAWSCredentials("a", "b"), new AmazonSimpleSystemsManagementConfig { ServiceURL = Address, AuthenticationRegion = "eu-west-1" });

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [GeneratedRegex(@"Running on (?<address>http://127\.0\.0\.1:[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunningOn();
}
