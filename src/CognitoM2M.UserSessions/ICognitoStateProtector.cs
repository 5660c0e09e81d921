namespace CognitoM2M.UserSessions;

/// <summary>Encrypts and authenticates the states and challenges that travel through browsers.</summary>
/// <remarks>
/// <c>IDataProtector</c> of ASP.NET Core Data Protection has the same two methods. To use it, write
/// <c>CognitoStateProtector.Create(protector.Protect, protector.Unprotect)</c>.
/// </remarks>
public interface ICognitoStateProtector
{
    /// <summary>Encrypts and authenticates data.</summary>
    /// <param name="plaintext">The data.</param>
    byte[] Protect(byte[] plaintext);

    /// <summary>Returns the data that <see cref="Protect"/> protected.</summary>
    /// <param name="protectedData">What <see cref="Protect"/> returned. It comes back from a browser, so it can be anything.</param>
    /// <exception cref="Exception">The data was changed, or was protected with another key. Every exception counts.</exception>
    byte[] Unprotect(byte[] protectedData);
}
