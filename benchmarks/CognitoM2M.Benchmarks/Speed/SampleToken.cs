using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Access tokens like those that Cognito issues to app clients, signed with a key of this run.</summary>
internal static class SampleToken
{
    public const string UserPoolId = "eu-west-1_AbCdEf123";
    public const string ClientId = "1example23456789abcdefghij";
    public const string ClientSecret = "1example2secret3of4no5consequence";

    private const string KeyId = "6bFjCOpMTPwwSqPsaPBdP1w1dJkVbXzzzzTx1YEzAB0=";

    private static readonly RSA _key = RSA.Create(2048);

    /// <summary>A token with a lifetime of one hour.</summary>
    public static string Value { get; } = Create();

    public static RSA PublicKey { get; } = RSA.Create(_key.ExportParameters(includePrivateParameters: false));

    public static string KeySet
    {
        get
        {
            var key = _key.ExportParameters(includePrivateParameters: false);
            return $$"""
                {"keys":[{"kid":"{{KeyId}}","kty":"RSA","alg":"RS256","use":"sig","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}
                """;
        }
    }

    /// <summary>Creates a new token.</summary>
    public static string Create()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var payload = string.Create(CultureInfo.InvariantCulture, $$"""
            {"sub":"{{ClientId}}","token_use":"access","scope":"orders/read orders/write","auth_time":{{now}},"iss":"https://cognito-idp.eu-west-1.amazonaws.com/{{UserPoolId}}","exp":{{now + 3600}},"iat":{{now}},"version":2,"jti":"{{Guid.NewGuid()}}","client_id":"{{ClientId}}"}
            """);
        var signed = $"{Encode($$"""{"kid":"{{KeyId}}","alg":"RS256"}""")}.{Encode(payload)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";

        static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }
}
