using System.Text.RegularExpressions;

namespace CognitoM2M.Emulator;

/// <summary>Settings of a <see cref="CognitoEmulator"/>.</summary>
/// <remarks>A value out of range is refused with an <see cref="ArgumentException"/> as it is set.</remarks>
public sealed partial class CognitoEmulatorOptions
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
            if (!RegionCode.IsMatch(value))
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

    [GeneratedRegex(@"\A(eusc-[a-z]{2}|[a-z]{2})-(gov-)?[a-z]+-[0-9]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionCode { get; }
}
