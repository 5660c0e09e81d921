using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Requests;

/// <summary>
/// A connection to an API that sends the same request again and again. It writes and reads bytes that exist already, so most of the measured time belongs
/// to the server.
/// </summary>
internal sealed class LoopbackCaller : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = Encoding.ASCII.GetBytes($"GET {ApiProtection.Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {SampleToken.Value}\r\n\r\n");
    private readonly byte[] _response = new byte[4096];
    private readonly int _responseLength;

    public LoopbackCaller(Uri address)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, address.Port));
        _responseLength = ReadFirst();
    }

    /// <summary>Sends the request, and reads the whole response.</summary>
    public void Call()
    {
        _socket.Send(_request);
        for (var read = 0; read < _responseLength;)
            read += Receive(read);
        ThrowUnlessOk();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Reads the first response to its end, which is the end of the last chunk or of the announced length. All responses have the same length.</summary>
    private int ReadFirst()
    {
        _socket.Send(_request);
        var read = 0;
        do
            read += Receive(read);
        while (!IsComplete(Encoding.ASCII.GetString(_response, 0, read)));
        ThrowUnlessOk();
        return read;
    }

    private static bool IsComplete(string response)
    {
        const string LengthHeader = "Content-Length: ";
        if (response.Split("\r\n\r\n", 2) is not [var head, var body])
            return false;
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase));
        return line is null ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal) : body.Length == int.Parse(line.AsSpan(LengthHeader.Length), CultureInfo.InvariantCulture);
    }

    private int Receive(int offset) =>
        _socket.Receive(_response.AsSpan(offset)) is > 0 and var count ? count : throw new InvalidOperationException("The API closed the connection.");

    private void ThrowUnlessOk()
    {
        if (!_response.AsSpan().StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException($"The API answered {Encoding.ASCII.GetString(_response, 0, 16)}.");
    }
}
