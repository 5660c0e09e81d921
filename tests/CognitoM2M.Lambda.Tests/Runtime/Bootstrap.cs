using System.Diagnostics;
using System.Reflection;

namespace CognitoM2M.Lambda.Tests.Runtime;

/// <summary>The program of samples/LambdaAuthorizer as a process: a native one if <c>COGNITO_M2M_BOOTSTRAP</c> names it.</summary>
internal sealed class Bootstrap : IAsyncDisposable
{
    private static readonly string _program = Environment.GetEnvironmentVariable("COGNITO_M2M_BOOTSTRAP") is { Length: > 0 } native
        ? native
        : typeof(Bootstrap).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Bootstrap").Value!;

    private readonly Process _process;
    private readonly Task<string> _output;

    private Bootstrap(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public static Bootstrap Start(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(_program) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new Bootstrap(Process.Start(start)!);
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends the process, and returns what it wrote.</summary>
    public async Task<string> StopAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        return await _output;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }
}
