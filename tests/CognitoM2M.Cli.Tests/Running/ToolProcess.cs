using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using CognitoM2M.Cli.Running;

namespace CognitoM2M.Cli.Tests.Running;

/// <summary>The real tool as a process, without a terminal.</summary>
internal sealed class ToolProcess : IDisposable
{
    // Only a test that fails waits this long.
    private static readonly TimeSpan _guard = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;

    private ToolProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public static string ToolPath => Path.Combine(AppContext.BaseDirectory, "cognito-m2m.dll");

    /// <param name="emulator">The address of the emulator.</param>
    /// <param name="folder">The folder in which the tool runs.</param>
    /// <param name="args">The command line.</param>
    /// <param name="variables">Further environment variables.</param>
    public static ToolProcess Start(Uri emulator, string folder, string[] args, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        // env: a process that was started in the background ignores SIGINT, and so would the tool and its command.
        // setsid gives the tool a session without a terminal, as in a pipeline, wherever the tests run.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,QUIT,HUP", "setsid", Environment.ProcessPath!, ToolPath, .. args])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AWS_ENDPOINT_URL"] = emulator.AbsoluteUri;
        start.Environment["AWS_REGION"] = "eu-west-1";
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Reads the output until the command has written this line.</summary>
    public async Task WaitForAsync(string expected)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.Append(line).Append('\n');
            if (line == expected)
                return;
        }

        throw new InvalidOperationException($"The tool has ended without the line '{expected}': {_output}{await _error}");
    }

    public void Send(PosixSignal signal) => UnixProcess.Send(_process.Id, signal);

    public async Task<(int ExitCode, string Output, string Error)> WaitAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync().WaitAsync(_guard));
        await _process.WaitForExitAsync().WaitAsync(_guard);
        return (_process.ExitCode, _output.ToString(), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
