using System.Buffers.Text;
using System.Text;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>Tokens such as Cognito's, and such as Cognito would never write.</summary>
internal static class TestToken
{
    public const string PoolId = "eu-west-1_AbCdEf123";
    public const string Issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
    public const string UpdatedIssuer = "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
    public const string OtherPoolId = "eu-west-1_Other9876";
    public const string OtherIssuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other9876";
    public const string ClientId = "4ge6m2mclient0orders0abcde";
    public const string OtherClientId = "7other0client0billing0fghi";

    /// <summary>Where a manual clock starts, in seconds since 1970.</summary>
    public const long Now = 1_767_225_600;

    public static RawObject Header => HeaderOf(TestKey.Access);

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

    /// <summary>A good one.</summary>
    public static string Valid { get; } = Of(Payload);

    public static RawObject HeaderOf(TestKey key) => new RawObject().WithText("kid", key.Id).WithText("alg", "RS256");

    public static string Of(RawObject payload, TestKey? key = null) => Of(HeaderOf(key ?? TestKey.Access), payload, key);

    public static string Of(RawObject header, RawObject payload, TestKey? key = null) => Of(header.ToString(), payload.ToString(), key);

    public static string Of(string header, string payload, TestKey? key = null) =>
        Signed($"{Encode(header)}.{Encode(payload)}", (key ?? TestKey.Access).Sign);

    public static string Of(byte[] header, byte[] payload) =>
        Signed($"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}", TestKey.Access.Sign);

    /// <summary>Appends a signature to text of any kind.</summary>
    public static string Signed(string text, Func<byte[], byte[]> sign) => $"{text}.{Base64Url.EncodeToString(sign(Encoding.UTF8.GetBytes(text)))}";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
