using System.Security.Cryptography;
using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>The service that is observed, and what the checks have found out about it.</summary>
/// <param name="examination">The evidence of the checks.</param>
internal sealed class ObservedService(Examination examination)
{
    private const int MaxResponseLength = 1024 * 1024;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public Subject Subject => examination.Subject;

    public Examination Examination => examination;

    /// <summary>What the account shows; null if it cannot be read.</summary>
    public async Task<SetupInspection?> InspectAsync(CancellationToken cancellationToken) =>
        (await examination.ReadAccountAsync(cancellationToken).ConfigureAwait(false)).Inspection;

    /// <summary>The user pool and issuer of a token that was verified; null if there is none. What an unverified token says is not used.</summary>
    public async Task<TokenVerification?> FindVerifiedAsync(CancellationToken cancellationToken) =>
        await examination.PrepareVerificationAsync(cancellationToken).ConfigureAwait(false) is { } verification
        && (await verification.VerifyAsync(cancellationToken).ConfigureAwait(false)).IsValid
            ? verification
            : null;

    /// <summary>The address of a document of the user pool; null if there is no verified token that names the user pool.</summary>
    /// <param name="name">The name below <c>.well-known</c>.</param>
    /// <param name="cancellationToken">Ends the look-up of the user pool.</param>
    public async Task<Uri?> FindDocumentAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindVerifiedAsync(cancellationToken).ConfigureAwait(false) is not { } verification)
            return null;

        var issuer = Subject.EmulatorAddress is { } emulator ? new Uri(emulator, verification.UserPoolId).AbsoluteUri : verification.Issuer;
        return new Uri($"{issuer}/.well-known/{name}");
    }

    /// <summary>Sends a request without a secret and without a token.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(examination.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxResponseLength };
        return await TimeLimit.RunAsync(limited => http.SendAsync(request, limited), examination.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Invents a name that nobody uses.</summary>
    public static string Invent(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>The value of a header for the report; <c>none</c> if the response has no such header.</summary>
    public static string ShowHeader(HttpResponseMessage response, string name)
    {
        var isThere = response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values);
        return isThere ? OneLine.Show(string.Join(", ", values)) : "none";
    }
}
