using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Pools;

/// <summary>The addresses in the settings of an app client that browsers may be sent to.</summary>
internal static class AppClientUrls
{
    public const string CallbackMember = "CallbackURLs";
    public const string LogoutMember = "LogoutURLs";

    private const int MaxLength = 1024;

    /// <summary>Writes the addresses as the API has them.</summary>
    /// <exception cref="ArgumentException">An address is not absolute, too long, or has a fragment or a character that is not ASCII.</exception>
    public static WireSettings Create(IReadOnlyList<string> callbackUrls, IReadOnlyList<string> logoutUrls)
    {
        var members = new JsonObject();
        if (callbackUrls.Count > 0)
            members[CallbackMember] = new JsonArray([.. callbackUrls.Select(Check)]);
        if (logoutUrls.Count > 0)
            members[LogoutMember] = new JsonArray([.. logoutUrls.Select(Check)]);
        return WireSettings.Create(members);
    }

    /// <summary>Whether a browser can be sent to the address: it is visible ASCII, and has no fragment after which no parameter can be added.</summary>
    public static bool CanLeadTo(string address) => address.All(c => c is > ' ' and <= '~' and not '#');

    private static JsonNode Check(string address) =>
        address is { Length: <= MaxLength } && CanLeadTo(address) && Uri.TryCreate(address, UriKind.Absolute, out _)
            ? JsonValue.Create(address)
            : throw new ArgumentException($"'{address}' is not an absolute address without a fragment.", nameof(address));
}
