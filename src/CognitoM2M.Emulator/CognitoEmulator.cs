using System.Net;
using CognitoM2M.Emulator.Http;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.UserPools;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Emulator;

/// <summary>The machine-to-machine slice of Amazon Cognito user pools, served over plain HTTP on the loopback interface.</summary>
/// <remarks>
/// Serves the OAuth2 token endpoint, the JSON API's <c>GetClientToken</c>, key sets and discovery documents. Emulators share
/// nothing: any number may run side by side in one process. All members are safe to use from several threads at once.
/// </remarks>
public sealed class CognitoEmulator : IAsyncDisposable
{
    private static readonly TimeSpan _shutdownGrace = TimeSpan.FromMilliseconds(100);

    private readonly KestrelServer _server;
    private readonly UserPoolDirectory _userPools;
    private readonly CancellationTokenSource _stopping;
    private bool _disposed;

    private CognitoEmulator(
        KestrelServer server,
        UserPoolDirectory userPools,
        EmulatorFaults faults,
        TokenRequestCounter tokenRequests,
        CancellationTokenSource stopping)
    {
        _server = server;
        _userPools = userPools;
        _stopping = stopping;
        Faults = faults;
        TokenRequests = tokenRequests;
        TokenEndpoint = new Uri(BaseAddress, "oauth2/token");
    }

    /// <summary>Where the emulator listens, and the endpoint of its JSON API.</summary>
    /// <value><c>http://127.0.0.1:{port}/</c>.</value>
    public Uri BaseAddress => _userPools.BaseAddress;

    /// <summary>The OAuth2 token endpoint of all user pools; the pool is found by the client id.</summary>
    /// <value><c>{BaseAddress}oauth2/token</c>.</value>
    public Uri TokenEndpoint { get; }

    /// <summary>The user pools, oldest first, as they are at this moment.</summary>
    public IReadOnlyList<EmulatedUserPool> UserPools => _userPools.All;

    /// <summary>What goes wrong on purpose. Nothing at first.</summary>
    public EmulatorFaults Faults { get; }

    /// <summary>How many token requests have arrived.</summary>
    public TokenRequestCounter TokenRequests { get; }

    /// <summary>Starts an emulator; it listens until it is disposed.</summary>
    /// <param name="options">Settings; null for the defaults. Read once.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The port is in use; the message names it.</exception>
    public static async Task<CognitoEmulator> StartAsync(
        CognitoEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CognitoEmulatorOptions();
        var faults = new EmulatorFaults();
        var tokenRequests = new TokenRequestCounter();
        var userPools = new UserPoolDirectory(options.Region, options.Issuer);
        var issuer = new AccessTokenIssuer(options.TimeProvider, tokenRequests);
        var stopping = new CancellationTokenSource();
        var application = new EmulatorApplication(userPools, issuer, faults, tokenRequests, options.TimeProvider, stopping.Token);
        var server = CreateServer(options.Port);

        try
        {
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            stopping.Dispose();
            throw;
        }

        userPools.BaseAddress = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        return new CognitoEmulator(server, userPools, faults, tokenRequests, stopping);
    }

    /// <summary>Creates a user pool with no resource servers and no app clients.</summary>
    /// <param name="poolName">1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Need not be unique.</param>
    /// <exception cref="ArgumentException">The name has another shape.</exception>
    public EmulatedUserPool CreateUserPool(string poolName) => _userPools.Create(poolName);

    /// <summary>Stops listening. Requests that a fault holds back are cut off. Doing it twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;

        await _stopping.CancelAsync().ConfigureAwait(false);
        using (var grace = new CancellationTokenSource(_shutdownGrace))
            await _server.StopAsync(grace.Token).ConfigureAwait(false);

        _server.Dispose();
        _stopping.Dispose();
    }

    // The bare server, not a host: a host would listen for Ctrl+C and read the environment of the program it is a guest in.
    private static KestrelServer CreateServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = RequestBody.MaxBytes;
        options.Listen(IPAddress.Loopback, port);

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }
}
