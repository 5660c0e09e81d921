using System.Text.Json;
using CognitoM2M.Emulator.Hosting;
using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Operations;
using CognitoM2M.Emulator.Page;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Quotas;
using CognitoM2M.Emulator.Signatures;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.State;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.WellKnown;

namespace CognitoM2M.Emulator;

/// <summary>
/// Emulates the machine-to-machine part of Amazon Cognito user pools, for tests and development. Listens over plain HTTP, on 127.0.0.1 unless
/// <see cref="CognitoEmulatorOptions.ListenAddress"/> is set.
/// </summary>
/// <remarks>
/// Serves the JSON API (user pools, domains, resource servers, app clients and their secrets, tags, users, sign-in and
/// <c>GetClientToken</c>), the OAuth 2.0 token endpoint, key sets and discovery documents. Any number of emulators can run side by side in
/// one process; they share nothing. All members are thread-safe.
/// </remarks>
public sealed class CognitoEmulator : IAsyncDisposable
{
    private readonly WebServer _server;
    private readonly UserPoolDirectory _userPools;
    private readonly JsonApiEndpoint _jsonApi;
    private readonly StateFile? _stateFile;
    private bool _isDisposed;

    private CognitoEmulator(
        WebServer server,
        UserPoolDirectory userPools,
        JsonApiEndpoint jsonApi,
        EmulatorFaults faults,
        JsonApiRequestCounter jsonApiRequests,
        TokenRequestCounter tokenRequests,
        StateFile? stateFile)
    {
        _server = server;
        _userPools = userPools;
        _jsonApi = jsonApi;
        _stateFile = stateFile;
        Faults = faults;
        JsonApiRequests = jsonApiRequests;
        TokenRequests = tokenRequests;
        TokenEndpoint = new Uri(BaseAddress, "oauth2/token");
    }

    /// <summary>The address of the emulator, which is also the endpoint of its JSON API.</summary>
    /// <value><c>http://127.0.0.1:{port}/</c>, or <see cref="CognitoEmulatorOptions.PublicUrl"/>.</value>
    public Uri BaseAddress => _userPools.BaseAddress;

    /// <summary>The OAuth 2.0 token endpoint. All user pools share it; the client id in a request decides which pool is meant.</summary>
    /// <value><c>{BaseAddress}oauth2/token</c>.</value>
    public Uri TokenEndpoint { get; }

    /// <summary>The user pools that exist at this moment, oldest first.</summary>
    public IReadOnlyList<EmulatedUserPool> UserPools => _userPools.All;

    /// <summary>The faults: errors, delays and cut connections that tests cause on purpose. None at first.</summary>
    public EmulatorFaults Faults { get; }

    /// <summary>Counts the requests to each operation of the JSON API.</summary>
    public JsonApiRequestCounter JsonApiRequests { get; }

    /// <summary>Counts the token requests of each app client, by both routes.</summary>
    public TokenRequestCounter TokenRequests { get; }

    /// <summary>Starts an emulator. The emulator listens until it is disposed.</summary>
    /// <param name="options">The settings; null for the defaults. Read once.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">
    /// The port is in use, or another emulator uses the state file, or the folder of the state file does not exist. The message names the
    /// port or the file.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The state file or its folder cannot be written, or others can read the state file and it cannot be made private.
    /// </exception>
    /// <exception cref="InvalidDataException">The state file does not hold the state of an emulator.</exception>
    /// <remarks>An exception of <see cref="CognitoEmulatorOptions.Seed"/> ends the start, too.</remarks>
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

    /// <summary>Creates a user pool without resource servers and app clients.</summary>
    /// <param name="poolName">1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Several pools may have the same name.</param>
    /// <exception cref="ArgumentException">The name is too long, empty, or holds another character.</exception>
    public EmulatedUserPool CreateUserPool(string poolName) => CreateUserPool(poolName, new EmulatedUserPoolOptions());

    /// <summary>Creates a user pool with chosen settings, without resource servers and app clients.</summary>
    /// <param name="poolName">1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Several pools may have the same name.</param>
    /// <param name="options">All other settings. Read once.</param>
    /// <exception cref="ArgumentException">
    /// The name is too long, empty, or holds another character; or the id is not a user pool id, or is in use.
    /// </exception>
    public EmulatedUserPool CreateUserPool(string poolName, EmulatedUserPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TextShape.PoolName.Require(poolName, "PoolName");
        var settings = new UserPoolSettings { Name = poolName, Members = options.ToMembers() };
        return _userPools.ChangeForCaller(() => _userPools.Create(settings, options.Id, wantedRegion: null, needsDomain: false));
    }

    /// <summary>
    /// Carries out an operation of the JSON API in this process, with the checks of a request. It needs no signature, has no quota, meets no
    /// fault and is not counted.
    /// </summary>
    /// <param name="operation">The name of the operation, such as <c>CreateUserPoolDomain</c>.</param>
    /// <param name="input">
    /// The members of the input, with their names in the API. As in requests, <c>ChosenUserPoolId</c> of <c>CreateUserPool</c> and
    /// <c>ChosenClientId</c> of <c>CreateUserPoolClient</c> choose the id; Cognito does not have these members.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the output.</param>
    /// <returns>
    /// The output; empty if the operation has none. If the operation is refused, an object with the members <c>__type</c> (the name of the
    /// error) and <c>message</c>.
    /// </returns>
    public async Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var output = await _jsonApi.CallAsync(operation, input, cancellationToken).ConfigureAwait(false);
        return JsonElement.Parse(CompactJson.WriteUtf8(output).Span);
    }

    /// <summary>
    /// Stops listening and releases the state file. Requests that a fault holds back are cut off. A second call does nothing.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;

        await _server.DisposeAsync().ConfigureAwait(false);
        // A later change must not be saved: another emulator may use the file by then.
        _userPools.Change(() => _userPools.Changed = null);
        if (_stateFile is null)
            _userPools.KeySource.LeaveKeys();
        else
            _stateFile.Dispose();
    }

    private static async Task<CognitoEmulator> StartAsync(
        CognitoEmulatorOptions options, StateFile? stateFile, CancellationToken cancellationToken)
    {
        var state = stateFile?.Read();
        var seals = state is null ? SealedText.CreateWithNewKey() : new SealedText(state.SealingKey);
        var userPools = new UserPoolDirectory(options.Region, options.Issuer, options.TimeProvider);
        if (options.Seed is not null)
            userPools.KeySource.GenerateAhead();
        var jsonApiRequests = new JsonApiRequestCounter();
        var tokenRequests = new TokenRequestCounter();
        var issuer = new AccessTokenIssuer(options.TimeProvider, tokenRequests);
        var reachability = new DomainReachability(options.DomainDelay, options.TimeProvider);
        var throttle = options.EnforceQuotas ? new RequestThrottle(options.TimeProvider) : null;
        var signatures = options.RequiredCredentials is { } credentials ? new SignatureCheck(credentials, options.TimeProvider) : null;
        var quotaRegion = new QuotaRegion(userPools, options.Region);
        var jsonApi = new JsonApiEndpoint(OperationTable.Create(userPools, issuer, seals, reachability), throttle, quotaRegion, signatures);
        var faults = new EmulatorFaults(jsonApi.Supports);
        var codes = new AuthorizationCodes(options.TimeProvider);
        var userTokens = new UserTokens(userPools, new RefreshTokens(userPools, seals));
        var router = new RequestRouter(
            new HostCheck(options, userPools),
            new TokenEndpoint(userPools, issuer, new UserGrants(codes, userTokens), reachability, throttle, quotaRegion),
            jsonApi,
            new WellKnownEndpoint(userPools),
            new UserEndpoints(userPools, seals, codes, reachability),
            faults,
            jsonApiRequests,
            tokenRequests,
            CreatePage(options, userPools, faults),
            options.TimeProvider);

        var server = new WebServer(options.ListenAddress, options.Port, RequestBody.MaxReadBytes, router.HandleAsync);
        CognitoEmulator emulator;
        try
        {
            // Addresses in the restored pools need the port, so the port is bound first. Requests wait until the state is restored.
            var bound = await server.ListenAsync(cancellationToken).ConfigureAwait(false);
            userPools.BaseAddress = options.PublicUrl ?? bound;
            if (state is not null)
                stateFile!.Restore(userPools, state);
            if (stateFile is not null)
                userPools.Changed = changed => stateFile.Save(changed, seals);

            emulator = new CognitoEmulator(server, userPools, jsonApi, faults, jsonApiRequests, tokenRequests, stateFile);
            if (options.Seed is { } seed)
                await seed(emulator, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        server.AcceptRequests();
        return emulator;
    }

    private static PageEndpoint? CreatePage(CognitoEmulatorOptions options, UserPoolDirectory userPools, EmulatorFaults faults)
    {
        if (options.Page == EmulatorPage.Off)
            return null;

        var log = new TokenRequestLog(userPools, options.TimeProvider);
        var nextToken = new NextToken();
        // A counter of its own: a token that a person issues on the page is not a token of a service.
        var issuer = new AccessTokenIssuer(options.TimeProvider, new TokenRequestCounter());
        return new PageEndpoint(
            new PageAccess(options.Page),
            new PageStream(new PageState(options.Region, userPools, faults, log), log, TimeProvider.System),
            new PageActions(userPools, faults, log, nextToken, issuer),
            log,
            nextToken);
    }
}
