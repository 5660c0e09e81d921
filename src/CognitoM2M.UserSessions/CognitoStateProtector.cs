namespace CognitoM2M.UserSessions;

/// <summary>Makes state protectors.</summary>
public static class CognitoStateProtector
{
    /// <summary>Makes a state protector of two methods, for example <c>Protect</c> and <c>Unprotect</c> of an <c>IDataProtector</c>.</summary>
    /// <param name="protect">Encrypts and authenticates data.</param>
    /// <param name="unprotect">Returns the data, or throws if it was changed.</param>
    public static ICognitoStateProtector Create(Func<byte[], byte[]> protect, Func<byte[], byte[]> unprotect)
    {
        ArgumentNullException.ThrowIfNull(protect);
        ArgumentNullException.ThrowIfNull(unprotect);

        return new DelegateProtector(protect, unprotect);
    }

    private sealed class DelegateProtector(Func<byte[], byte[]> protect, Func<byte[], byte[]> unprotect) : ICognitoStateProtector
    {
        public byte[] Protect(byte[] plaintext) => protect(plaintext);

        public byte[] Unprotect(byte[] protectedData) => unprotect(protectedData);
    }
}
