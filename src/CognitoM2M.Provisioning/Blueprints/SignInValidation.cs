namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks the settings of a user pool and of its app clients that concern the sign-in of users. Machines do not need them, but existing app clients have them.</summary>
internal static class SignInValidation
{
    private const int MostAddresses = 100;
    private const int LongestAddress = 1024;
    private const int LongestProvider = 32;

    public static IEnumerable<BlueprintMistake> Check(UserPoolBlueprint pool)
    {
        if (pool.UsernameAttributes is { } attributes)
        {
            if (attributes.Count == 0)
                yield return Create("userPool.usernameAttributes", "must have email, phone_number, or both; leave usernameAttributes out if users have user names");
            for (var i = 0; i < attributes.Count; i++)
            {
                if (attributes[i] is not ("email" or "phone_number"))
                    yield return Create($"userPool.usernameAttributes[{i}]", "must be email or phone_number");
                else if (attributes.Take(i).Contains(attributes[i], StringComparer.Ordinal))
                    yield return Create($"userPool.usernameAttributes[{i}]", $"'{attributes[i]}' appears twice");
            }
        }

        if (pool.PasswordPolicy is not { } policy)
            yield break;

        if (policy.MinimumLength is < 6 or > 99)
            yield return Create("userPool.passwordPolicy.minimumLength", "must be 6 to 99");
        if (policy.PasswordHistorySize is < 0 or > 24)
            yield return Create("userPool.passwordPolicy.passwordHistorySize", "must be 0 to 24");
        else if (policy.PasswordHistorySize > 0 && pool.Tier == UserPoolTier.Lite)
            yield return Create("userPool.passwordPolicy.passwordHistorySize", "needs the tier Essentials or Plus");
        if (policy.TemporaryPasswordValidityDays is < 0 or > 365)
            yield return Create("userPool.passwordPolicy.temporaryPasswordValidityDays", "must be 0 to 365");
    }

    public static IEnumerable<BlueprintMistake> Check(string path, AppClientBlueprint client) =>
    [
        .. Check($"{path}.callbackUrls", client.CallbackUrls, FindErrorInAddress),
        .. Check($"{path}.logoutUrls", client.LogoutUrls, FindErrorInAddress),
        .. Check($"{path}.supportedIdentityProviders", client.SupportedIdentityProviders, FindErrorInProvider),
    ];

    private static IEnumerable<BlueprintMistake> Check(string path, IReadOnlyList<string>? items, Func<string, string?> findError)
    {
        if (items is null)
            yield break;

        if (items.Count > MostAddresses)
            yield return Create(path, $"{items.Count} are too many; an app client has at most {MostAddresses}");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item)
                yield return Create($"{path}[{i}]", "must not be null");
            else if (findError(item) is { } error)
                yield return Create($"{path}[{i}]", error);
            else if (!seen.Add(item))
                yield return Create($"{path}[{i}]", $"'{item}' appears twice");
        }
    }

    private static string? FindErrorInAddress(string text)
    {
        if (text.Length > LongestAddress)
            return $"must be at most {LongestAddress} characters";
        if (text.Any(char.IsWhiteSpace) || !Uri.TryCreate(text, UriKind.Absolute, out var address) || text.Contains('#', StringComparison.Ordinal))
            return $"'{text}' must be an absolute address without a fragment, such as https://example.com/signed-in";

        return address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback ? $"'{text}' must begin with https; http is for localhost only" : null;
    }

    private static string? FindErrorInProvider(string name) => name.Length is > 0 and <= LongestProvider && !name.Any(char.IsWhiteSpace)
        ? null
        : $"must be COGNITO or the name of an identity provider: 1 to {LongestProvider} characters without space";

    private static BlueprintMistake Create(string path, string message) => new() { Path = path, Message = message };
}
