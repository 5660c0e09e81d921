using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Makes refresh tokens, uses them, and replaces them if the app client rotates them.</summary>
internal sealed class RefreshTokens(UserPoolDirectory userPools, SealedText seals)
{
    private const string Purpose = "refresh";
    private const string SignInId = "sign_in";
    private const string Serial = "serial";

    public string Create(SignIn signIn) =>
        seals.Seal(Purpose, new JsonObject { [SignInId] = signIn.EventId, [Serial] = signIn.Rotations });

    /// <summary>Uses a refresh token. If the app client rotates refresh tokens, the token is replaced.</summary>
    /// <exception cref="RefusedException">
    /// The text is not a refresh token of this client, or was revoked, has expired or was replaced, or the user was deleted or disabled.
    /// </exception>
    public RefreshedSignIn Use(EmulatedAppClient client, string token) => userPools.Change(() =>
    {
        if (Find(client, token) is not var (signIn, serial) || client.UserPool.UserList.FindBySub(signIn.Sub) is not { } user)
            throw RefusedException.NotAuthorized("Invalid Refresh Token");

        UserStatus.RequireEnabled(user);
        var now = userPools.TimeProvider.GetUtcNow();
        switch (signIn.GetStatus(serial, now, client.Settings.GetRotationGrace()))
        {
            case RefreshTokenStatus.Revoked:
                throw RefusedException.NotAuthorized("Refresh Token has been revoked");
            case RefreshTokenStatus.Expired:
                throw RefusedException.NotAuthorized("Refresh Token has expired");
            case RefreshTokenStatus.Replaced:
                throw new RefusedException("RefreshTokenReuseException", "The refresh token was replaced by rotation and cannot be used again.");
            case RefreshTokenStatus.Current when client.Settings.RotatesRefreshTokens():
                signIn = signIn with { Rotations = signIn.Rotations + 1, LastRotatedAt = now };
                client.UserPool.SignIns.Set(signIn);
                break;
            default:
                // A token in its grace period is not replaced again: the answer with its replacement may have been lost, or may still arrive.
                break;
        }

        return new RefreshedSignIn(user, signIn, client.Settings.RotatesRefreshTokens() ? Create(signIn) : null);
    });

    /// <summary>Finds the user whose refresh token this is, without using the token.</summary>
    /// <returns>Null if the text is not a refresh token of this client.</returns>
    public PoolUser? FindUser(EmulatedAppClient client, string token) =>
        Find(client, token) is var (signIn, _) ? client.UserPool.UserList.FindBySub(signIn.Sub) : null;

    /// <summary>Makes all tokens of the sign-in unusable. Does nothing if they are already.</summary>
    /// <returns>False if the text is not a refresh token.</returns>
    /// <exception cref="RefusedException">The token is of another client.</exception>
    public bool Revoke(EmulatedAppClient client, string token) => userPools.Change(() =>
    {
        if (Open(token) is not var (id, _))
            return false;
        if (client.UserPool.SignIns.Find(id) is not { } signIn || signIn.ClientId != client.ClientId)
            throw new RefusedException("UnauthorizedException", "The refresh token was not issued to this client.");

        client.UserPool.SignIns.Revoke(signIn);
        return true;
    });

    private (SignIn SignIn, int Serial)? Find(EmulatedAppClient client, string token) =>
        Open(token) is var (id, serial) && client.UserPool.SignIns.Find(id) is { } signIn && signIn.ClientId == client.ClientId
            ? (signIn, serial)
            : null;

    private (string SignInId, int Serial)? Open(string token) =>
        // Refresh tokens from versions of the emulator that did not keep sign-ins have no such members.
        seals.Open(Purpose, token) is { } content && content.TryGetProperty(SignInId, out var id) && content.TryGetProperty(Serial, out var serial)
            ? (id.GetString()!, serial.GetInt32())
            : null;
}

/// <summary>A sign-in that goes on.</summary>
/// <remarks>A class and not a record, because the text of a record would show the token.</remarks>
internal sealed class RefreshedSignIn(PoolUser user, SignIn signIn, string? refreshToken)
{
    public PoolUser User { get; } = user;

    public SignIn SignIn { get; } = signIn;

    /// <summary>The token that replaces the one that was used; null if the app client does not rotate them.</summary>
    public string? RefreshToken { get; } = refreshToken;
}
