using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Hosting;

/// <summary>
/// Refuses requests to a host name that is not the emulator's own. Otherwise a web page could give its own host name the address 127.0.0.1
/// (DNS rebinding), and then read user pools and secrets.
/// </summary>
/// <param name="options">Where the emulator listens, and which hosts are allowed.</param>
/// <param name="userPools">The user pools. The hosts of their issuers and domains are the emulator's own.</param>
internal sealed class HostCheck(CognitoEmulatorOptions options, UserPoolDirectory userPools)
{
    private readonly bool _isReachable = !IPAddress.IsLoopback(options.ListenAddress);
    private readonly string[] _allowed = [.. options.AllowedHosts, .. options.PublicUrl is { } url ? [url.Host] : Array.Empty<string>()];

    /// <returns>The refusal; null if the host is the emulator's own.</returns>
    public PreparedResponse? FindRefusal(HttpRequest request)
    {
        var host = request.Host.Host;
        return IsOwn(host)
            ? null
            : PreparedResponse.CreateJson(StatusCodes.Status421MisdirectedRequest, new JsonObject
            {
                ["message"] = $"'{host}' is not a host name of the emulator. Send the request to {userPools.BaseAddress.Authority} or localhost."
                    + (_isReachable ? " To allow another name, set the public URL of the emulator, or add the name to its allowed hosts." : ""),
            });
    }

    private bool IsOwn(string host) =>
        IsOwnAddress(host) || Array.Exists(_allowed, allowed => IsSame(host, allowed)) || IsService(host) || userPools.All.Any(pool => IsHostOf(pool, host));

    // A page cannot give an IP address another meaning, and nobody else can own the name localhost. An emulator that listens on the network
    // has addresses that it does not know, such as those of a published port.
    private bool IsOwnAddress(string host) =>
        IsSame(host, "localhost") || (IPAddress.TryParse(host, out var address) && (_isReachable || IPAddress.IsLoopback(address)));

    // The emulator stands for the service of every region.
    private static bool IsService(string host) =>
        host.Split('.') is [_, var region, ..] && AwsPartition.IsRegionCode(region)
        && (IsSame(host, CognitoAddresses.Service(region, useFips: false).Host) || IsSame(host, CognitoAddresses.Service(region, useFips: true).Host));

    private static bool IsHostOf(EmulatedUserPool pool, string host) =>
        IsSame(host, new Uri(pool.Issuer).Host) || pool.Domains.Any(domain => IsSame(host, FindHost(pool, domain)));

    private static string FindHost(EmulatedUserPool pool, PoolDomain domain) =>
        CognitoAddresses.DomainTokenEndpoint(domain.Name, CognitoNames.RegionOfUserPool(pool.Id), useFips: false).Host;

    private static bool IsSame(string host, string own) => string.Equals(host, own, StringComparison.OrdinalIgnoreCase);
}
