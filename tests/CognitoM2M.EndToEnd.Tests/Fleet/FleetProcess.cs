using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>One process of a fleet: takes an order per line, and answers each with a line.</summary>
internal sealed class FleetProcess : IAsyncDisposable
{
    private static readonly string _program = typeof(FleetProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "FleetProcess").Value!;

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    public FleetProcess()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [_program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public Task SendAsync(string order) => _process.StandardInput.WriteLineAsync(order);

    public async Task<string> ReceiveAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync();
        Assert.True(line is not null && _errors.IsEmpty, string.Join('\n', _errors));
        return line;
    }

    public async Task ExpectAsync(string answer) => Assert.Equal(answer, await ReceiveAsync());

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
