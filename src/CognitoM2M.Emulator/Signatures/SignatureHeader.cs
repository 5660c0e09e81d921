namespace CognitoM2M.Emulator.Signatures;

/// <summary>The Authorization header of a request signed with AWS Signature Version 4.</summary>
internal sealed class SignatureHeader
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private SignatureHeader(string[] scope, string[] signedHeaders, string signature)
    {
        AccessKeyId = scope[0];
        Date = scope[1];
        Region = scope[2];
        Service = scope[3];
        SignedHeaders = signedHeaders;
        Signature = signature;
    }

    public string AccessKeyId { get; }

    public string Date { get; }

    public string Region { get; }

    public string Service { get; }

    public IReadOnlyList<string> SignedHeaders { get; }

    public string Signature { get; }

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <returns>Null if the header is not a signature of this kind.</returns>
    public static SignatureHeader? Parse(string authorization)
    {
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return null;

        var parts = authorization[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .DistinctBy(part => part[0], StringComparer.Ordinal)
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);

        return parts.GetValueOrDefault("Credential")?.Split('/') is [_, _, _, _, "aws4_request"] scope
            && parts.TryGetValue("SignedHeaders", out var headers)
            && parts.TryGetValue("Signature", out var signature)
                ? new SignatureHeader(scope, headers.Split(';'), signature)
                : null;
    }
}
