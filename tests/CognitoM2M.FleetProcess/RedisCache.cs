using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.FleetProcess;

/// <summary>As much of a Redis client as a distributed cache needs: one connection, one command at a time, made anew when it breaks.</summary>
internal sealed class RedisCache(int port) : IDistributedCache, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TcpClient? _connection;

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => RunAsync(token, "GET"u8.ToArray(), Encoding.UTF8.GetBytes(key));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        var life = (long)options.AbsoluteExpirationRelativeToNow!.Value.TotalMilliseconds;
        return RunAsync(
            token, "SET"u8.ToArray(), Encoding.UTF8.GetBytes(key), value, "PX"u8.ToArray(), Encoding.ASCII.GetBytes(Math.Max(life, 1).ToString(CultureInfo.InvariantCulture)));
    }

    public Task RemoveAsync(string key, CancellationToken token = default) => RunAsync(token, "DEL"u8.ToArray(), Encoding.UTF8.GetBytes(key));

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public void Dispose()
    {
        _connection?.Dispose();
        _turn.Dispose();
    }

    private async Task<byte[]?> RunAsync(CancellationToken token, params byte[][] command)
    {
        await _turn.WaitAsync(token);
        try
        {
            var stream = await ConnectAsync(token);
            await stream.WriteAsync(Encode(command), token);
            return await ReadAnswerAsync(stream, token);
        }
        catch
        {
            // An answer that comes late would be taken for that of the next command.
            _connection?.Dispose();
            _connection = null;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<NetworkStream> ConnectAsync(CancellationToken token)
    {
        if (_connection is null)
        {
            _connection = new TcpClient { NoDelay = true };
            await _connection.ConnectAsync(IPAddress.Loopback, port, token);
        }

        return _connection.GetStream();
    }

    private static byte[] Encode(byte[][] command)
    {
        var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes($"*{command.Length}\r\n"));
        foreach (var part in command)
        {
            bytes.Write(Encoding.ASCII.GetBytes($"${part.Length}\r\n"));
            bytes.Write(part);
            bytes.Write("\r\n"u8);
        }

        return bytes.ToArray();
    }

    private static async Task<byte[]?> ReadAnswerAsync(NetworkStream stream, CancellationToken token)
    {
        var line = await ReadLineAsync(stream, token);
        switch (line[0])
        {
            case '+' or ':':
                return null;
            case '$':
                var length = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
                if (length < 0)
                    return null;
                var value = new byte[length + 2];
                await stream.ReadExactlyAsync(value, token);
                return value[..length];
            default:
                throw new IOException($"Redis answered {line}.");
        }
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken token)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 2 || line[^1] != '\n')
        {
            await stream.ReadExactlyAsync(one, token);
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd();
    }
}
