using System.Text.Json;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Tokens;
using CognitoM2M.Shared;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Doctor;

/// <summary>Verifies the token as an API would: with the library's verifier, for this app client and its scopes.</summary>
internal sealed class TokenVerification : IDisposable
{
    private readonly string _token;
    private readonly TokenVerifier _verifier;
    private Task<TokenVerdict>? _verdict;

    private TokenVerification(string token, TrustedUserPool pool, Subject subject, TimeProvider time)
    {
        _token = token;
        var options = TokenVerifier.CreateOptions(subject.Options.TokenKind, subject.Options.Scopes);
        options.UserPools = [pool];
        options.PlainHttpHosts = [.. subject.Aws.PlainHttpHosts];
        // An emulator behind a host name serves keys and tokens at one address.
        if (subject.EmulatorAddress is { IsLoopback: false } emulator)
            options.PlainHttpHosts.Add(emulator.Authority);
        _verifier = TokenVerifier.Create(options, time);
    }

    public CognitoTokenVerifier Verifier => _verifier.Inner;

    /// <summary>The user pool whose keys are used.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The claim <c>iss</c> of the token, unverified.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whether only the token itself says from which user pool it comes.</summary>
    public required bool IsUserPoolFromToken { get; init; }

    /// <summary>Prepares the verification; null if the token names no user pool, so that no key set can be found.</summary>
    /// <param name="subject">The app client.</param>
    /// <param name="token">The token.</param>
    /// <param name="knownUserPoolId">The user pool that the account shows; null if it shows none.</param>
    /// <param name="time">The clock.</param>
    public static TokenVerification? Create(Subject subject, CognitoAccessToken token, string? knownUserPoolId, TimeProvider time)
    {
        var issuer = ReadIssuer(token.Value);
        var lastPart = issuer?[(issuer.LastIndexOf('/') + 1)..];
        var expected = subject.UserPoolId ?? knownUserPoolId;
        var userPoolId = expected ?? (CognitoNames.IsUserPoolId(lastPart) ? lastPart : null);
        if (issuer is null || userPoolId is null)
            return null;

        var pool = CreatePool(subject, issuer, userPoolId);
        pool.ClientIds = [subject.Options.ClientId!];
        return new TokenVerification(token.Value, pool, subject, time)
        {
            UserPoolId = userPoolId,
            Issuer = issuer,
            IsUserPoolFromToken = expected is null,
        };
    }

    /// <summary>The verdict. The token is verified once.</summary>
    public Task<TokenVerdict> VerifyAsync(CancellationToken cancellationToken) => _verdict ??= _verifier.VerifyAsync(_token, cancellationToken);

    public void Dispose() => _verifier.Dispose();

    private static string? ReadIssuer(string token) =>
        DecodedToken.TryDecode(token) is { Claims.ValueKind: JsonValueKind.Object } decoded
        && decoded.Claims.TryGetProperty("iss", out var issuer) && issuer.ValueKind == JsonValueKind.String
            ? issuer.GetString()
            : null;

    private static TrustedUserPool CreatePool(Subject subject, string issuer, string userPoolId)
    {
        var pool = new TrustedUserPool { UserPoolId = userPoolId };
        // An emulator may name itself as the issuer.
        if (subject.EmulatorAddress is { } emulator && Uri.TryCreate(issuer, UriKind.Absolute, out var address) && AwsSettings.IsEmulator(address))
            pool = new TrustedUserPool { Issuer = new Uri(emulator, userPoolId).AbsoluteUri };

        pool.Jwks = subject.KeySet;
        if (subject.KeySet is null)
            pool.JwksUri = subject.KeySetAddress ?? (subject.EmulatorAddress is { } server ? new Uri(server, $"{userPoolId}/.well-known/jwks.json") : null);
        return pool;
    }
}
