using CognitoM2M.Tokens;

namespace CognitoM2M.Diagnostics;

/// <summary>Names and values of tags. Metrics and activities use the same.</summary>
internal static class TokenTags
{
    public const string Client = "cognito_m2m.client";
    public const string Scopes = "cognito_m2m.scopes";
    public const string Route = "cognito_m2m.route";
    public const string Reason = "cognito_m2m.reason";
    public const string Source = "cognito_m2m.source";
    public const string Operation = "cognito_m2m.operation";
    public const string Error = "error.type";

    public static string Describe(CognitoTokenRoute route) => route switch
    {
        CognitoTokenRoute.OAuth2 => "oauth2",
        CognitoTokenRoute.GetClientToken => "get_client_token",
        _ => "user_password",
    };

    public static string Describe(FetchReason reason) => reason switch
    {
        FetchReason.Cold => "cold",
        FetchReason.Renewal => "renewal",
        FetchReason.Rejected => "rejected",
        _ => "forced",
    };

    public static string Describe(TokenOrigin origin) => origin switch
    {
        TokenOrigin.Cognito => "cognito",
        TokenOrigin.SharedTier => "shared_tier",
        _ => "memory",
    };
}
