using System.Globalization;
using CognitoM2M.Verification;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// Reads a configuration section into the options of a scheme. By hand instead of by binder, so that a misspelt name or a malformed
/// value becomes one of the validator's errors, beside all the others, instead of being skipped or thrown alone.
/// </summary>
internal static class AuthenticationSection
{
    public static void Read(IConfigurationSection section, CognitoM2MAuthenticationOptions options)
    {
        if (!section.Exists())
            options.ConfigurationErrors.Add($"the configuration section '{section.Path}' is missing or empty.");

        foreach (var setting in section.GetChildren())
        {
            if (!ReadPool(setting, options.Verification, options) && !ReadScheme(setting, options))
                options.ConfigurationErrors.Add($"'{setting.Path}' is not a setting of this scheme; check its spelling.");
        }
    }

    private static bool ReadScheme(IConfigurationSection setting, CognitoM2MAuthenticationOptions options)
    {
        switch (setting.Key.ToUpperInvariant())
        {
            case "ALLOFSCOPES": options.Verification.AllOfScopes = ReadList(setting, options); break;
            case "ANYOFSCOPES": options.Verification.AnyOfScopes = ReadList(setting, options); break;
            case "CLOCKTOLERANCE": options.Verification.ClockTolerance = ReadTimeSpan(setting, options); break;
            case "REALM": options.Realm = ReadText(setting, options); break;
            case "OTHERUSERPOOLS": options.Verification.OtherUserPools = ReadOtherPools(setting, options); break;
            default: return false;
        }

        return true;
    }

    private static bool ReadPool(IConfigurationSection setting, TrustedUserPool pool, CognitoM2MAuthenticationOptions options)
    {
        switch (setting.Key.ToUpperInvariant())
        {
            case "USERPOOLID": pool.UserPoolId = ReadText(setting, options); break;
            case "CLIENTIDS": pool.ClientIds = ReadList(setting, options); break;
            case "ANYCLIENT": ReadAnyClient(setting, pool, options); break;
            case "ISSUER": pool.Issuer = ReadText(setting, options); break;
            case "JWKSURI": pool.JwksUri = ReadUri(setting, options); break;
            default: return false;
        }

        return true;
    }

    private static List<TrustedUserPool> ReadOtherPools(IConfigurationSection setting, CognitoM2MAuthenticationOptions options)
    {
        List<TrustedUserPool> pools = [.. setting.GetChildren().Select(pool => ReadOtherPool(pool, options))];
        if (pools.Count == 0)
            options.ConfigurationErrors.Add($"'{setting.Path}' must be a list of user pools; name one or remove it.");
        return pools;
    }

    private static TrustedUserPool ReadOtherPool(IConfigurationSection section, CognitoM2MAuthenticationOptions options)
    {
        var pool = new TrustedUserPool();
        foreach (var setting in section.GetChildren())
        {
            if (!ReadPool(setting, pool, options))
                options.ConfigurationErrors.Add($"'{setting.Path}' is not a setting of a user pool; check its spelling.");
        }

        return pool;
    }

    private static void ReadAnyClient(IConfigurationSection setting, TrustedUserPool pool, CognitoM2MAuthenticationOptions options)
    {
        if (!bool.TryParse(setting.Value, out var any))
            options.ConfigurationErrors.Add($"'{setting.Path}' must be true or false.");
        else if (any)
            pool.AnyClient();
    }

    // Empty where a restriction was meant would lift it.
    private static string? ReadText(IConfigurationSection setting, CognitoM2MAuthenticationOptions options)
    {
        if (string.IsNullOrEmpty(setting.Value))
            options.ConfigurationErrors.Add($"'{setting.Path}' must be one value; give it one or remove it.");
        return setting.Value is "" ? null : setting.Value;
    }

    /// <summary>An array, or one value with the items separated by spaces or commas, as environment variables often hold them.</summary>
    private static List<string> ReadList(IConfigurationSection setting, CognitoM2MAuthenticationOptions options)
    {
        List<string> items = setting.Value is { } line
            ? [.. line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : [.. setting.GetChildren().Select(item => item.Value ?? "")];
        if (items.Count == 0)
            options.ConfigurationErrors.Add($"'{setting.Path}' is empty; name something or remove it.");
        return items;
    }

    private static Uri? ReadUri(IConfigurationSection setting, CognitoM2MAuthenticationOptions options)
    {
        if (Uri.TryCreate(setting.Value, UriKind.Absolute, out var uri))
            return uri;

        options.ConfigurationErrors.Add($"'{setting.Path}' must be an absolute address.");
        return null;
    }

    private static TimeSpan ReadTimeSpan(IConfigurationSection setting, CognitoM2MAuthenticationOptions options)
    {
        if (TimeSpan.TryParse(setting.Value, CultureInfo.InvariantCulture, out var value))
            return value;

        options.ConfigurationErrors.Add($"'{setting.Path}' must be a time span such as 00:00:10.");
        return TimeSpan.Zero;
    }
}
