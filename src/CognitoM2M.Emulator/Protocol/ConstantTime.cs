using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Emulator.Protocol;

internal static class ConstantTime
{
    /// <summary>Compares without telling, by the time it takes, how much of the text is right.</summary>
    public static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
