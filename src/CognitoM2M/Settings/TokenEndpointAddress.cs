using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>Where token requests go, worked out from the options of a client.</summary>
internal static class TokenEndpointAddress
{
    /// <summary>The address; call it with valid options only.</summary>
    public static Uri For(CognitoM2MClientOptions options)
    {
        if (options.TokenEndpoint is { } given)
            return given;

        if (options.Route == CognitoTokenRoute.GetClientToken)
            return new Uri($"https://cognito-idp{FipsMark(options)}.{options.Region}.{AwsPartition.DnsSuffix(options.Region!)}/");

        return IsPrefix(options.Domain!)
            ? new Uri($"https://{options.Domain}.auth{FipsMark(options)}.{options.Region}.amazoncognito.com/oauth2/token")
            : new Uri($"https://{options.Domain}/oauth2/token");
    }

    /// <summary>A custom domain has dots, a prefix has none.</summary>
    public static bool IsPrefix(string domain) => !domain.Contains('.', StringComparison.Ordinal);

    private static string FipsMark(CognitoM2MClientOptions options) =>
        options.UseFips || AwsPartition.IsFipsOnly(options.Region!) ? "-fips" : "";
}
