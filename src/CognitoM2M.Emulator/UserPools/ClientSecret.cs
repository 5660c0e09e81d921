using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Emulator.UserPools;

// A class, not a record: a record would print its value.
internal sealed class ClientSecret(string value)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = TextShape.ClientSecret.Require(value, "ClientSecret");

    public bool Matches(string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Value), Encoding.UTF8.GetBytes(presented));
}
