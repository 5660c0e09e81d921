using System.Net;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator;

/// <summary>Settings of a <see cref="CognitoEmulator"/>.</summary>
/// <remarks>Setting a property to a value that is not allowed throws an <see cref="ArgumentException"/>.</remarks>
public sealed class CognitoEmulatorOptions
{
    /// <summary>The TCP port to listen on.</summary>
    /// <value>0 to 65535; 0 by default, which takes any free port.</value>
    public int Port
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue);
            field = value;
        }
    }

    /// <summary>The address to listen on.</summary>
    /// <value>
    /// 127.0.0.1 by default. With another address, such as <see cref="IPAddress.Any"/>, other machines can read and change everything in the
    /// emulator, secrets included. Use such an address only in a network that you trust, such as the network of a compose file.
    /// </value>
    public IPAddress ListenAddress
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = IPAddress.Loopback;

    /// <summary>
    /// The address by which others reach the emulator. It takes the place of the bound address in <see cref="CognitoEmulator.BaseAddress"/>, in all
    /// addresses that follow from it, and in issuers of the form <see cref="EmulatedIssuer.Loopback"/>. Requests to its host are accepted.
    /// </summary>
    /// <value>Null by default. http or https with a host, and no path, such as <c>http://cognito:9229</c>.</value>
    public Uri? PublicUrl
    {
        get;
        init
        {
            if (value is not null && FindProblem(value) is { } problem)
                throw new ArgumentException($"The public URL {problem}", nameof(value));
            field = value;
        }
    }

    /// <summary>Further host names that requests may be sent to. The host names of the emulator itself and of <see cref="PublicUrl"/> are accepted anyway.</summary>
    /// <value>Empty by default. Host names or IP addresses, without scheme, port and path.</value>
    public IReadOnlyList<string> AllowedHosts
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.FirstOrDefault(host => Uri.CheckHostName(host) == UriHostNameType.Unknown) is { } wrong)
                throw new ArgumentException($"'{wrong}' is not a host name. Use a name such as cognito, without scheme, port and path.", nameof(value));
            field = [.. value];
        }
    } = [];

    /// <summary>
    /// The AWS region of user pools that are created in C#, or by requests without a signature. A signed request creates and sees the user
    /// pools of the region that it was signed for. The region is part of ids, ARNs and issuers.
    /// </summary>
    /// <value><c>eu-west-1</c> by default. A region code of any partition, such as <c>us-gov-west-1</c> or <c>cn-north-1</c>.</value>
    public string Region
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!AwsPartition.IsRegionCode(value))
                throw new ArgumentException($"'{value}' is not a region code. Use a code such as eu-west-1.", nameof(value));
            field = value;
        }
    } = "eu-west-1";

    /// <summary>The clock for the times in tokens, the expiry of sessions, quotas, the age of domains and the latency of faults.</summary>
    /// <value>The system clock by default.</value>
    public TimeProvider TimeProvider
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    /// <summary>The form of the issuer in tokens and discovery documents.</summary>
    /// <value><see cref="EmulatedIssuer.Original"/> by default.</value>
    public EmulatedIssuer Issuer
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Use one of the values of {nameof(EmulatedIssuer)}.");
    }

    /// <summary>Whether the emulator enforces Cognito's request quotas.</summary>
    /// <value>
    /// False by default. If true, each category of operations has Cognito's rate per second in each region, and so has each operation in one user pool.
    /// Requests above a rate are refused with <c>TooManyRequestsException</c>, token requests with status 429.
    /// </value>
    public bool EnforceQuotas { get; init; }

    /// <summary>How long the host name of a new domain does not resolve.</summary>
    /// <value>
    /// Null by default: token requests need no domain. Otherwise at least zero. Token requests for app clients of a pool are then cut off
    /// until the pool has a domain of this age; zero means that the pool only needs a domain. <c>GetClientToken</c> needs no domain, and
    /// neither do pools that were created with <see cref="CognitoEmulator.CreateUserPool(string)"/>.
    /// </value>
    public TimeSpan? DomainDelay
    {
        get;
        init
        {
            if (value < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(value), value, "The delay must not be negative.");
            field = value;
        }
    }

    /// <summary>
    /// The path of the file that keeps everything over a restart: user pools with all their content, secrets and signing keys included.
    /// </summary>
    /// <value>
    /// Null by default: nothing is kept. The file is created if it does not exist; its folder must exist. On Linux and macOS only the owner
    /// can read the file (mode 0600; a file with another mode is given this mode at the start); on Windows it takes the permissions of its folder. Every change is on the disk before the caller gets
    /// the response.
    /// </value>
    public string? StateFile
    {
        get;
        init
        {
            if (value is not null)
                ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>
    /// Creates user pools and their content before the first request is answered, and after the state file was read. What the state file
    /// holds exists already, so create only what is missing.
    /// </summary>
    /// <value>Null by default. An exception ends the start.</value>
    public Func<CognitoEmulator, CancellationToken, Task>? Seed { get; init; }

    /// <summary>The access key that requests to the JSON API must be signed with (AWS Signature Version 4).</summary>
    /// <value>
    /// Null by default: signatures are not checked. Operations that AWS's clients do not sign, such as <c>GetClientToken</c>, never need a
    /// signature.
    /// </value>
    public EmulatorCredentials? RequiredCredentials { get; init; }

    /// <summary>Where the emulator shows its page. The page shows in a browser what the emulator holds and what happens in it.</summary>
    /// <value>
    /// <see cref="EmulatorPage.Loopback"/> by default: on this machine only. The page shows the secret of an app client after a click, as the
    /// JSON API does.
    /// </value>
    public EmulatorPage Page
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Use one of the values of {nameof(EmulatorPage)}.");
    }

    private static string? FindProblem(Uri address) =>
        !address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) ? "must be an http or https address."
        : address.UserInfo.Length > 0 ? "must not hold a user name or password."
        : address.PathAndQuery != "/" || address.Fragment.Length > 0 ? "must not have a path."
        : null;
}
