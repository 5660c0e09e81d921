namespace CognitoM2M.UserSessions.Tests.Support;

/// <summary>Keys for states: base64 of 32 bytes.</summary>
internal static class TestKeys
{
    public static string One { get; } = Create(1);

    public static string Two { get; } = Create(2);

    private static string Create(byte content) => Convert.ToBase64String([.. Enumerable.Repeat(content, 32)]);
}
