using System.Net;
using CognitoM2M.Emulator.Hosting;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Operations;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Quotas;
using CognitoM2M.Emulator.Signatures;
using CognitoM2M.Emulator.State;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.WellKnown;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Emulator;

/// <summary>The machine-to-machine slice of Amazon Cognito user pools, served over plain HTTP on the loopback interface.</summary>
/// <remarks>
/// Serves the JSON API (user pools, domains, resource servers, app clients and their secrets, tags, users, sign-in and
/// <c>GetClientToken</c>), the OAuth2 token endpoint, key sets and discovery documents. Emulators share nothing: any number may run
/// side by side in one process. All members are safe to use from several threads at once.
/// </remarks>
public sealed class CognitoEmulator : IAsyncDisposable
{
    private static readonly TimeSpan _shutdownGrace = TimeSpan.FromMilliseconds(100);

    private readonly KestrelServer _server;
    private readonly UserPoolDirectory _userPools;
    private readonly StateFile? _stateFile;
    private readonly CancellationTokenSource _stopping;
    private bool _disposed;

    private CognitoEmulator(
        KestrelServer server,
        UserPoolDirectory userPools,
        EmulatorFaults faults,
        RequestCounter requests,
        TokenRequestCounter tokenRequests,
        StateFile? stateFile,
        CancellationTokenSource stopping)
    {
        _server = server;
        _userPools = userPools;
        _stateFile = stateFile;
        _stopping = stopping;
        Faults = faults;
        Requests = requests;
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

    /// <summary>How many requests have arrived at each operation of the JSON API.</summary>
    public RequestCounter Requests { get; }

    /// <summary>How many token requests have arrived.</summary>
    public TokenRequestCounter TokenRequests { get; }

    /// <summary>Starts an emulator; it listens until it is disposed.</summary>
    /// <param name="options">Settings; null for the defaults. Read once.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The port is in use, or the state file is; the message names it.</exception>
    /// <exception cref="InvalidDataException">The state file is not one of an emulator.</exception>
    public static async Task<CognitoEmulator> StartAsync(
        CognitoEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CognitoEmulatorOptions();
        var stateFile = options.StateFile is null ? null : State.StateFile.Open(options.StateFile);
        try
        {
            return await StartAsync(options, stateFile, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            stateFile?.Dispose();
            throw;
        }
    }

    /// <summary>Creates a user pool with no resource servers and no app clients.</summary>
    /// <param name="poolName">1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Need not be unique.</param>
    /// <exception cref="ArgumentException">The name has another shape.</exception>
    public EmulatedUserPool CreateUserPool(string poolName)
    {
        TextShape.PoolName.Require(poolName, "PoolName");
        return _userPools.Change(() => _userPools.Create(new UserPoolSettings { Name = poolName }, needsDomain: false));
    }

    /// <summary>Stops listening. Requests that a fault holds back are cut off. Doing it twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;

        await _stopping.CancelAsync().ConfigureAwait(false);
        using (var grace = new CancellationTokenSource(_shutdownGrace))
            await _server.StopAsync(grace.Token).ConfigureAwait(false);

        _server.Dispose();
        // The file may be another emulator's from now on.
        _userPools.Change(() => _userPools.Changed = null);
        _stateFile?.Dispose();
        _stopping.Dispose();
    }

    private static async Task<CognitoEmulator> StartAsync(
        CognitoEmulatorOptions options, StateFile? stateFile, CancellationToken cancellationToken)
    {
        var state = stateFile?.Read();
        var seals = state is null ? SealedText.WithNewKey() : new SealedText(state.SealingKey);
        var userPools = new UserPoolDirectory(options.Region, options.Issuer, options.TimeProvider);
        var requests = new RequestCounter();
        var tokenRequests = new TokenRequestCounter();
        var issuer = new AccessTokenIssuer(options.TimeProvider, tokenRequests);
        var reachability = new DomainReachability(options.DomainDelay, options.TimeProvider);
        var quotas = options.EnforceQuotas ? new RequestQuotas(options.TimeProvider) : null;
        var signatures = options.RequiredCredentials is { } credentials ? new SignatureCheck(credentials, options.TimeProvider) : null;
        var jsonApi = new JsonApiEndpoint(JsonApiOperations.Create(userPools, issuer, seals, reachability), quotas, signatures);
        var faults = new EmulatorFaults(jsonApi.Supports);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = new CancellationTokenSource();
        var application = new EmulatorApplication(
            new TokenEndpoint(userPools, issuer, reachability, quotas),
            jsonApi,
            new WellKnownEndpoint(userPools),
            faults,
            requests,
            tokenRequests,
            options.TimeProvider,
            started.Task,
            stopping.Token);
        var server = CreateServer(options.Port);

        try
        {
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
            userPools.BaseAddress = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
            if (state is not null)
                stateFile!.Restore(userPools, state);
            if (stateFile is not null)
                userPools.Changed = changed => stateFile.Save(changed, seals);
        }
        catch
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            server.Dispose();
            stopping.Dispose();
            throw;
        }

        started.SetResult();
        return new CognitoEmulator(server, userPools, faults, requests, tokenRequests, stateFile, stopping);
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
