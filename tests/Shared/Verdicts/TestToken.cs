using System.Buffers.Text;
using System.Text;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Creates tokens: some as Cognito writes them, others as Cognito would never write them.</summary>
internal static class TestToken
{
    public const string PoolId = "eu-west-1_AbCdEf123";
    public const string Issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
    public const string UpdatedIssuer = "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
    public const string OtherPoolId = "eu-west-1_Other9876";
    public const string OtherIssuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other9876";
    public const string ClientId = "4ge6m2mclient0orders0abcde";
    public const string OtherClientId = "7other0client0billing0fghi";

    /// <summary>The time at which a manual clock starts, in seconds since 1970.</summary>
    public const long Now = 1_767_225_600;

    /// <summary>The header of a valid token.</summary>
    public static RawObject Header => CreateHeader(TestKey.Access);

    /// <summary>The payload of a valid token, with the claims that Cognito writes for machines.</summary>
    public static RawObject Payload => new RawObject()
        .WithText("sub", ClientId)
        .WithText("token_use", "access")
        .WithText("scope", "orders/read orders/write")
        .WithNumber("auth_time", Now)
        .WithText("iss", Issuer)
        .WithNumber("exp", Now + 3600)
        .WithNumber("iat", Now)
        .WithNumber("version", 2)
        .WithText("jti", "0b1c2d3e-0000-4000-8000-000000000000")
        .WithText("client_id", ClientId);

    /// <summary>A valid token.</summary>
    public static string Valid { get; } = Create(Payload);

    public static RawObject CreateHeader(TestKey key) => new RawObject().WithText("kid", key.Id).WithText("alg", "RS256");

    public static string Create(RawObject payload, TestKey? key = null) => Create(CreateHeader(key ?? TestKey.Access), payload, key);

    public static string Create(RawObject header, RawObject payload, TestKey? key = null) => Create(header.ToString(), payload.ToString(), key);

    public static string Create(string header, string payload, TestKey? key = null) =>
        AppendSignature($"{Encode(header)}.{Encode(payload)}", (key ?? TestKey.Access).Sign);

    public static string Create(byte[] header, byte[] payload) =>
        AppendSignature($"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}", TestKey.Access.Sign);

    /// <summary>Appends a signature to any text.</summary>
    public static string AppendSignature(string text, Func<byte[], byte[]> sign) => $"{text}.{Base64Url.EncodeToString(sign(Encoding.UTF8.GetBytes(text)))}";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
