using System.Net.Sockets;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The server, or the proxy in front of it, accepts TCP connections.</summary>
internal sealed class ConnectionCheck() : Check("connection")
{
    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var hop = examination.NextHop;
        var who = examination.ProxyAddress is null ? hop.Authority : $"the proxy {hop.Authority}";
        try
        {
            return await TimeLimit.RunAsync(ConnectAsync, examination.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return CheckResult.Failed(
                ExitCode.TimedOut,
                $"No connection to {who} was opened within {TimeLimit.Text}.",
                $"Something on the way drops the packets. Allow outgoing TCP to port {hop.Port} (security group, network ACL, firewall), or set https_proxy if this network needs a proxy.");
        }
        catch (SocketException error)
        {
            return CheckResult.Failed(
                ExitCode.Unreachable,
                $"No connection to {who} ({error.SocketErrorCode}).",
                error.SocketErrorCode != SocketError.ConnectionRefused
                    ? $"This machine has no network route to this address. Check its network, and allow outgoing TCP to port {hop.Port}."
                    : examination.ProxyAddress is null && hop.IsLoopback
                        ? "Nobody listens at this address. Check that the emulator is running, and its port."
                        : "Nobody listens at this address. Check host and port.");
        }

        async Task<CheckResult> ConnectAsync(CancellationToken limited)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync([.. examination.Addresses], hop.Port, limited).ConfigureAwait(false);
            return CheckResult.Passed($"Connected to {who}, port {hop.Port}.");
        }
    }
}
