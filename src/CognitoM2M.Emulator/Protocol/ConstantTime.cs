using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Compares secrets. The time a comparison takes does not show how much of a wrong secret is right.</summary>
internal static class ConstantTime
{
    public static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
