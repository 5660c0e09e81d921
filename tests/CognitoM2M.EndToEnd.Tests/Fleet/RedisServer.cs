using System.Diagnostics;
using System.Globalization;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>
/// A Redis server of the test's own that keeps nothing on disk. It listens on a socket file: a port that is free now may be taken when the
/// server starts again, for one by a client that tries to connect to it.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private Process _process;

    private RedisServer(DirectoryInfo folder, Process process) => (_folder, _process) = (folder, process);

    /// <summary>The file of the server's socket.</summary>
    public string Socket => SocketIn(_folder);

    public static async Task<RedisServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("redis");
        return new RedisServer(folder, await StartProcessAsync(folder));
    }

    /// <summary>Stops the server's process: it accepts connections and commands, and answers none.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task RestartEmptyAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _process = await StartProcessAsync(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string SocketIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "redis.sock");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static async Task<Process> StartProcessAsync(DirectoryInfo folder)
    {
        string[] arguments = ["--port", "0", "--unixsocket", SocketIn(folder), "--save", "", "--appendonly", "no"];
        var process = Process.Start(new ProcessStartInfo("redis-server", arguments)
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase))
            {
                // The output is read to its end, because the server stops when the pipe is full.
                _ = process.StandardOutput.ReadToEndAsync();
                return process;
            }
        }

        throw new InvalidOperationException("redis-server did not start.");
    }
}
