using CognitoM2M.Emulator;
using CognitoM2M.Testing.Settings;

namespace CognitoM2M.Testing;

/// <summary>
/// An emulated Cognito for the tests of a service: the service trusts its tokens and gets its own tokens from it. Works as a fixture of
/// xunit 2 and 3 (<c>IClassFixture</c>, <c>ICollectionFixture</c>, <c>AssemblyFixture</c>) and of every other test framework. All members
/// are thread-safe.
/// </summary>
/// <remarks>
/// Point the service at the fixture with
/// <see cref="Microsoft.Extensions.DependencyInjection.CognitoFixtureServiceCollectionExtensions.UseCognito"/>.
/// </remarks>
public sealed class CognitoFixture : IAsyncDisposable, IDisposable
{
    internal const string DefaultScope = "tests/any";

    /// <summary>Starts the emulator and waits until it listens. For test frameworks, which create fixtures with <see langword="new"/>.</summary>
    /// <remarks>Takes up to two seconds. <see cref="StartAsync"/> does the same without blocking a thread.</remarks>
    public CognitoFixture()
        : this(Wait(() => CognitoEmulator.StartAsync()), TimeProvider.System)
    {
    }

    private CognitoFixture(CognitoEmulator emulator, TimeProvider timeProvider)
    {
        Emulator = emulator;
        TimeProvider = timeProvider;
        UserPool = emulator.CreateUserPool("tests");
        Clients = new FixtureClients(UserPool);
        Users = new FixtureUsers(UserPool);
        AppClient = Clients.GetOrCreate("tests", clientId: null, [DefaultScope]);
        BadTokens = new BadTokens(this);
    }

    /// <summary>The emulator, for faults, counters and further user pools.</summary>
    public CognitoEmulator Emulator { get; }

    /// <summary>The user pool that the service under test trusts. To change claims of all tokens, set its <see cref="EmulatedUserPool.OnTokenIssuing"/>.</summary>
    public EmulatedUserPool UserPool { get; }

    /// <summary>The app client of <see cref="Token(string[])"/>. The service under test accepts its tokens.</summary>
    public EmulatedAppClient AppClient { get; }

    /// <summary>Tokens that the service under test must reject.</summary>
    public BadTokens BadTokens { get; }

    /// <summary>The clock of tokens, and of the service under test.</summary>
    /// <value>The system clock by default; see <see cref="CognitoEmulatorOptions.TimeProvider"/>.</value>
    public TimeProvider TimeProvider { get; }

    internal FixtureClients Clients { get; }

    internal FixtureUsers Users { get; }

    /// <summary>Starts a fixture with chosen settings, for example with a fake clock.</summary>
    /// <param name="options">The settings of the emulator; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port of the settings is in use.</exception>
    public static async Task<CognitoFixture> StartAsync(CognitoEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CognitoEmulatorOptions();
        return new CognitoFixture(await CognitoEmulator.StartAsync(options, cancellationToken).ConfigureAwait(false), options.TimeProvider);
    }

    /// <summary>Issues an access token that the service under test accepts. Needs no HTTP.</summary>
    /// <param name="scopes">The scopes of the token, such as <c>orders/read</c>. They need not exist in the user pool.</param>
    /// <returns>The token, without <c>Bearer</c>. It is valid for one hour.</returns>
    public string Token(params string[] scopes) => AppClient.IssueToken(scopes);

    /// <summary>
    /// Allows scopes to all app clients of the service under test. Scopes in the settings of its clients are allowed anyway; this is for
    /// scopes of single requests.
    /// </summary>
    /// <param name="scopes">Scopes of the form <c>{identifier}/{scope name}</c>. They are created where they do not exist.</param>
    /// <exception cref="ArgumentException">Cognito would refuse a scope of this form.</exception>
    public void AllowScopes(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        Clients.AllowScopes(scopes);
    }

    /// <summary>Stops the emulator.</summary>
    public ValueTask DisposeAsync() => Emulator.DisposeAsync();

    /// <summary>Stops the emulator. For test frameworks that do not call <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => Wait(async () =>
    {
        await Emulator.DisposeAsync().ConfigureAwait(false);
        return true;
    });

    private static T Wait<T>(Func<Task<T>> work)
    {
        // This runs on a pool thread, because a test framework may have a synchronization context whose only thread waits here.
#pragma warning disable VSTHRD002
        return Task.Run(work).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }
}
