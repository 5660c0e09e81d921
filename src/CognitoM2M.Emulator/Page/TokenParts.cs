using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Page;

/// <summary>The parts of a token, without any check of its signature.</summary>
/// <remarks>A class and not a record, because the text of a record would show the token.</remarks>
internal sealed class TokenParts
{
    private readonly string _signed;
    private readonly string _signature;

    private TokenParts(string signed, string signature, JsonElement header, JsonElement claims)
    {
        _signed = signed;
        _signature = signature;
        Header = header;
        Claims = claims;
    }

    public JsonElement Header { get; }

    public JsonElement Claims { get; }

    /// <summary>The bytes that are signed.</summary>
    public byte[] Signed => Encoding.ASCII.GetBytes(_signed);

    /// <summary>The bytes of the signature; null if its text is not Base64Url.</summary>
    public byte[]? Signature => Decode(_signature);

    /// <param name="text">A token, or the value of the header Authorization.</param>
    /// <param name="parts">The parts.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? TryParse(string text, out TokenParts parts)
    {
        parts = null!;
        var token = text.Trim();
        if (BearerScheme.IsNamed(token))
            token = BearerScheme.ReadToken(token).ToString();

        if (token.Split('.') is not [var header, var claims, var signature])
            return $"A token has three parts with a dot between them. This text has {token.Split('.').Length}.";
        if (Read(header) is not { } headerMembers)
            return "The first part is not a JSON object in Base64Url.";
        if (Read(claims) is not { } claimMembers)
            return "The second part is not a JSON object in Base64Url.";

        parts = new TokenParts($"{header}.{claims}", signature, headerMembers, claimMembers);
        return null;
    }

    public static string? FindText(JsonElement members, string name) =>
        members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The value of a claim with a time; null if the claim is missing or is not a whole number.</summary>
    public long? FindTime(string name) =>
        Claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;

    private static JsonElement? Read(string part) =>
        Decode(part) is { } utf8 && StrictJson.TryParseObject(utf8, out var members) is null ? members : null;

    private static byte[]? Decode(string part) => part.Length > 0 && Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
}
