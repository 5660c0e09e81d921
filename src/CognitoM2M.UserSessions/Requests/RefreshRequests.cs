using System.Runtime.CompilerServices;
using System.Text.Json;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Settings;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>
/// Sends the requests that use a refresh token. GetTokensFromRefreshToken works whether or not the app client rotates refresh tokens, and
/// REFRESH_TOKEN_AUTH only if it does not. A service that does not know the first operation gets the second.
/// </summary>
internal sealed class RefreshRequests(SessionSettings settings, RequestSender sender, TimeProvider timeProvider)
{
    private const string NewOperation = "GetTokensFromRefreshToken";

    // A service can be updated, and one wrong answer of a proxy must not count for ever.
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(10);

    // When the service said that it does not know the operation; null if it did not, or if that was long ago.
    private StrongBox<long>? _unknownSince;

    /// <summary>Sends a refresh token.</summary>
    /// <returns>The operation that the service answered, and the answer.</returns>
    /// <exception cref="CognitoUserSessionException">There is no successful answer.</exception>
    public async Task<(string Operation, JsonElement Body)> SendAsync(string refreshToken, string? username, CancellationToken cancellationToken)
    {
        // The flow needs the user name for the hash that proves the secret.
        var canUseFlow = settings.ClientSecret is null || username is not null;
        if (canUseFlow && IsKnownToLackOperation())
            return await SendFlowAsync(refreshToken, username, cancellationToken).ConfigureAwait(false);

        try
        {
            var request = Create(refreshToken, username);
            return (request.Operation, await sender.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (CognitoUserSessionException failure) when (canUseFlow && failure.Error == "UnknownOperationException")
        {
            // The first request had no effect.
            Volatile.Write(ref _unknownSince, new StrongBox<long>(timeProvider.GetTimestamp()));
            return await SendFlowAsync(refreshToken, username, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsKnownToLackOperation() =>
        Volatile.Read(ref _unknownSince) is { } since && timeProvider.GetElapsedTime(since.Value) < _memory;

    private async Task<(string Operation, JsonElement Body)> SendFlowAsync(string refreshToken, string? username, CancellationToken cancellationToken)
    {
        var request = CreateForFlow(refreshToken, username);
        try
        {
            return (request.Operation, await sender.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (CognitoUserSessionException failure) when (failure.Failure == CognitoUserSessionFailure.Configuration)
        {
            // The app client may rotate refresh tokens, which the flow cannot. The next refresh asks for the first operation again.
            Volatile.Write(ref _unknownSince, null);
            throw;
        }
    }

    private SessionRequest Create(string refreshToken, string? username) =>
        ServiceRequests.Create(settings.Service, NewOperation, SessionStep.Refresh, GetSecrets(refreshToken, username), json =>
        {
            json.WriteString("RefreshToken", refreshToken);
            json.WriteString("ClientId", settings.ClientId);
            if (settings.ClientSecret is { } secret)
                json.WriteString("ClientSecret", secret);
        });

    private SessionRequest CreateForFlow(string refreshToken, string? username) =>
        ServiceRequests.Create(settings.Service, "InitiateAuth", SessionStep.Refresh, GetSecrets(refreshToken, username), json =>
        {
            json.WriteString("AuthFlow", "REFRESH_TOKEN_AUTH");
            json.WriteString("ClientId", settings.ClientId);
            json.WriteStartObject("AuthParameters");
            json.WriteString("REFRESH_TOKEN", refreshToken);
            if (username is not null && settings.CreateSecretHash(username) is { } hash)
                json.WriteString("SECRET_HASH", hash);
            json.WriteEndObject();
        });

    private IReadOnlyList<string> GetSecrets(string refreshToken, string? username) =>
        username is null ? [refreshToken, .. settings.Secrets] : [refreshToken, username, .. settings.Secrets];
}
