using CognitoM2M.Shared;

namespace CognitoM2M.Emulator;

/// <summary>Settings of a <see cref="CognitoEmulator"/>.</summary>
/// <remarks>A value out of range is refused with an <see cref="ArgumentException"/> as it is set.</remarks>
public sealed class CognitoEmulatorOptions
{
    /// <summary>The TCP port to listen on.</summary>
    /// <value>0 by default, which takes any free port; at most 65535.</value>
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

    /// <summary>The AWS region the user pools pretend to be in; part of their ids and issuers.</summary>
    /// <value><c>eu-west-1</c> by default; a region code, not a display name.</value>
    public string Region
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!AwsPartition.IsRegionCode(value))
                throw new ArgumentException($"'{value}' is not a region code such as eu-west-1.", nameof(value));
            field = value;
        }
    } = "eu-west-1";

    /// <summary>The clock behind token times and the latency of faults.</summary>
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
    /// <value><see cref="EmulatedIssuer.Cognito"/> by default.</value>
    public EmulatedIssuer Issuer
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a form of issuer.");
    }

    /// <summary>Whether requests are held to Cognito's quotas: so many a second per category, and per operation and user pool.</summary>
    /// <value>False by default. If true, requests beyond are refused with <c>TooManyRequestsException</c>, token requests with 429.</value>
    public bool EnforceQuotas { get; init; }

    /// <summary>How long the token endpoint of a new domain can not be found.</summary>
    /// <value>
    /// Null by default: domains do not matter. Otherwise token requests for app clients of a pool made through the JSON API are cut off
    /// until the pool has a domain of that age, as if its name did not resolve; <c>GetClientToken</c> needs none. At least zero, which
    /// means that there has to be a domain. Pools made in C# are always served.
    /// </value>
    public TimeSpan? DomainDelay
    {
        get;
        init
        {
            if (value < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(value), value, "Must not be negative.");
            field = value;
        }
    }

    /// <summary>The file that keeps everything over a restart: user pools and all they have, secrets and signing keys included.</summary>
    /// <value>
    /// Null by default: nothing is kept. The path of a file that only its owner may read, created if there is none; its folder has to
    /// exist. Every change is in the file before it is acknowledged.
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

    /// <summary>The access key with which requests to the JSON API have to be signed (AWS Signature Version 4).</summary>
    /// <value>Null by default: signatures are not looked at. Operations that AWS's clients send unsigned need none in any case.</value>
    public EmulatorCredentials? RequiredCredentials { get; init; }
}
