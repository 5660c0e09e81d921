using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CognitoM2M.Benchmarks.Emulation;

/// <summary>A server in a process of its own, on a free port of this machine.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts the server, and waits until it accepts connections.</summary>
    /// <param name="command">The program and its arguments, for a port.</param>
    public static async Task<ServerProcess> StartAsync(Func<int, (string File, string[] Arguments)> command)
    {
        var port = FindFreePort();
        var (file, arguments) = command(port);
        var start = OwnProcess.UseDefaultGeneration0(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        var server = new ServerProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"));
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        var begin = TimeProvider.System.GetTimestamp();
        while (!await IsListeningAsync(port))
        {
            if (server._process.HasExited || TimeProvider.System.GetElapsedTime(begin) > _limit)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{file} does not listen.");
            }

            await Task.Delay(_poll, TimeProvider.System);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
