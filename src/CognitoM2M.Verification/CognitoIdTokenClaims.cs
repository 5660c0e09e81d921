using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification.Claims;

namespace CognitoM2M.Verification;

/// <summary>The claims of a verified ID token: who signed in, and how. To unit-test code that uses claims, create an object yourself.</summary>
/// <remarks>
/// Which attributes of the user the token has depends on the app client, on the scopes of the sign-in and on the pre token generation trigger. All of them
/// are in <see cref="CognitoTokenClaims.Payload"/>.
/// </remarks>
public sealed class CognitoIdTokenClaims : CognitoTokenClaims
{
    /// <summary>Creates claims to unit-test your own code.</summary>
    public CognitoIdTokenClaims()
    {
    }

    [SetsRequiredMembers]
    internal CognitoIdTokenClaims(in CommonClaims claims)
        : base(claims)
    {
    }

    /// <summary>When the user signed in (<c>auth_time</c>).</summary>
    /// <value>Null if the token has no such claim.</value>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The value that the application sent with the authentication request (<c>nonce</c>).</summary>
    /// <value>Null if the token has no such claim. To have it checked, pass <see cref="IdTokenBinding.Nonce"/> to the verifier.</value>
    public string? Nonce { get; init; }

    /// <summary>The left half of the hash of the access token that was issued together with this token (<c>at_hash</c>), in base64url.</summary>
    /// <value>Null if the token has no such claim. To have it checked, pass <see cref="IdTokenBinding.AccessToken"/> to the verifier.</value>
    public string? AccessTokenHash { get; init; }

    /// <summary>The full name of the user (<c>name</c>).</summary>
    /// <value>Null if the token has no such claim.</value>
    public string? Name { get; init; }

    /// <summary>The e-mail address of the user (<c>email</c>).</summary>
    /// <value>Null if the token has no such claim. It belongs to the user only if <see cref="IsEmailVerified"/> is true.</value>
    public string? Email { get; init; }

    /// <summary>Whether the user has proved that the e-mail address is theirs (<c>email_verified</c>).</summary>
    /// <value>False if the token has no such claim.</value>
    public bool IsEmailVerified { get; init; }

    /// <summary>The phone number of the user (<c>phone_number</c>), such as <c>+14155550123</c>.</summary>
    /// <value>Null if the token has no such claim. It belongs to the user only if <see cref="IsPhoneNumberVerified"/> is true.</value>
    public string? PhoneNumber { get; init; }

    /// <summary>Whether the user has proved that the phone number is theirs (<c>phone_number_verified</c>).</summary>
    /// <value>False if the token has no such claim.</value>
    public bool IsPhoneNumberVerified { get; init; }
}
