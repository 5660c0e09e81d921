using CognitoM2M.Secrets;
using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>Finds what is wrong with the settings that say who asks for a token: the app client and its secret, the user and the password.</summary>
internal static class CredentialErrors
{
    public static IEnumerable<string> Find(CognitoM2MClientOptions options)
    {
        if (string.IsNullOrEmpty(options.ClientId))
            yield return "ClientId is missing. Set it to the id of the app client.";
        else if (!CognitoNames.IsClientId(options.ClientId))
            yield return "ClientId is not the id of an app client. It must have 1 to 128 letters, digits, '_' and '+', without spaces or line breaks.";

        var isUser = options.Route == CognitoTokenRoute.UserPassword;
        if (FindSecretError("ClientSecret", SecretKind.ClientSecret, isRequired: !isUser, options.ClientSecret, options.ClientSecretFile, options.ClientSecretSource) is { } secretError)
            yield return secretError;
        if (!Enum.IsDefined(options.ClientAuthentication))
            yield return "ClientAuthentication must be ClientSecretBasic or ClientSecretPost.";

        foreach (var error in isUser ? FindForUser(options) : FindForMachine(options))
            yield return error;
    }

    private static IEnumerable<string> FindForUser(CognitoM2MClientOptions options)
    {
        if (string.IsNullOrEmpty(options.Username))
            yield return "Username is missing. The route UserPassword needs the name of the user that signs in.";
        else if (!CognitoNames.IsUsername(options.Username))
            yield return "Username is not the name of a user. It must have 1 to 128 characters, without spaces, line breaks or other control characters.";

        if (FindSecretError("Password", SecretKind.Password, isRequired: true, options.Password, options.PasswordFile, options.PasswordSource) is { } passwordError)
            yield return passwordError;
        if (!Enum.IsDefined(options.TokenKind))
            yield return "TokenKind must be Access or Id.";
        if (options.Scopes is { Count: > 0 })
        {
            yield return "Scopes are set, but the token of a user that signs in with a password has only the scope aws.cognito.signin.user.admin. "
                + "Remove Scopes, or set Route to OAuth2 or GetClientToken.";
        }
    }

    private static IEnumerable<string> FindForMachine(CognitoM2MClientOptions options)
    {
        string[] set =
        [
            .. new (string Name, bool IsSet)[]
            {
                (nameof(options.Username), !string.IsNullOrEmpty(options.Username)),
                (nameof(options.Password), !string.IsNullOrEmpty(options.Password)),
                (nameof(options.PasswordFile), options.PasswordFile is not null),
                (nameof(options.PasswordSource), options.PasswordSource is not null),
                (nameof(options.TokenKind), options.TokenKind != CognitoTokenKind.Access),
                (nameof(options.RevokeRefreshTokenOnDispose), options.RevokeRefreshTokenOnDispose),
            }.Where(setting => setting.IsSet).Select(setting => setting.Name),
        ];
        if (set.Length > 0 && Enum.IsDefined(options.Route))
            yield return $"{string.Join(", ", set)}: used on the route UserPassword only, and Route is {options.Route}. Set Route to UserPassword, or remove what belongs to a user.";
    }

    private static string? FindSecretError(string name, SecretKind kind, bool isRequired, string? value, string? file, ICognitoSecretSource? source)
    {
        var given = (string.IsNullOrEmpty(value) ? 0 : 1) + (file is null ? 0 : 1) + (source is null ? 0 : 1);
        return given switch
        {
            0 => isRequired ? $"{name} is missing. Set it, or set {name}File or {name}Source." : null,
            > 1 => $"More than one of {name}, {name}File and {name}Source is set. Set only one of them.",
            _ when file is { Length: 0 } => $"{name}File is empty. Set it to a path, or remove it.",
            _ when string.IsNullOrEmpty(value) => null,
            _ => kind.FindError(value) is { } error ? $"{name} {error}" : null,
        };
    }
}
