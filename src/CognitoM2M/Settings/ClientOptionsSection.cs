using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Settings;

/// <summary>
/// Reads a configuration section into the options of one client. By hand instead of by binder, so that a misspelt name or a
/// malformed value becomes one of the validator's errors, beside all the others, instead of being skipped or thrown alone.
/// </summary>
internal sealed class ClientOptionsSection(string clientName, IConfigurationSection section)
    : IConfigureNamedOptions<CognitoM2MClientOptions>
{
    public void Configure(CognitoM2MClientOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CognitoM2MClientOptions options)
    {
        if (name != clientName)
            return;

        options.ConfigurationPath = section.Path;
        if (section.AsEnumerable().All(setting => setting.Value is null))
            options.ConfigurationErrors.Add($"the configuration section '{section.Path}' {ClientOptionsValidator.SectionMissing}");

        foreach (var setting in section.GetChildren())
        {
            if (ShapeError(setting) is { } error)
                options.ConfigurationErrors.Add(error);
            else
                Read(setting, options);
        }
    }

    // Nothing where a restriction was meant would lift it.
    private static string? ShapeError(IConfigurationSection setting) =>
        (setting.Value is { } text && string.IsNullOrWhiteSpace(text) && setting.Key.ToUpperInvariant() is ("BASEADDRESS" or "ALLOWEDHOSTS" or "TOKENENDPOINT"))
        || (setting.Value is { Length: > 0 } && setting.Key.ToUpperInvariant() is ("SCOPES" or "ALLOWEDHOSTS") && ReadList(setting).Count == 0)
            ? $"{setting.Key} is empty; give it a value or remove it."
        : setting.Value is null && setting.GetChildren().Any() && setting.Key.ToUpperInvariant() is not ("SCOPES" or "ALLOWEDHOSTS" or "CLIENTMETADATA")
            ? $"{setting.Key} must be one value."
        : null;

    private static void Read(IConfigurationSection setting, CognitoM2MClientOptions options)
    {
        switch (setting.Key.ToUpperInvariant())
        {
            case "ROUTE": options.Route = ReadEnum(setting, options, options.Route); break;
            case "DOMAIN": options.Domain = setting.Value; break;
            case "REGION": options.Region = setting.Value; break;
            case "USEFIPS": options.UseFips = ReadBoolean(setting, options); break;
            case "TOKENENDPOINT": options.TokenEndpoint = ReadUri(setting); break;
            case "CLIENTID": options.ClientId = setting.Value; break;
            case "CLIENTSECRET": options.ClientSecret = setting.Value; break;
            case "CLIENTSECRETFILE": options.ClientSecretFile = setting.Value; break;
            case "CLIENTAUTHENTICATION": options.ClientAuthentication = ReadEnum(setting, options, options.ClientAuthentication); break;
            case "SCOPES": options.Scopes = ReadList(setting); break;
            case "CLIENTMETADATA": options.ClientMetadata = ReadMap(setting, options); break;
            case "BASEADDRESS": options.BaseAddress = ReadUri(setting); break;
            case "ALLOWEDHOSTS": options.AllowedHosts = ReadList(setting); break;
            case "ATTEMPTTIMEOUT": options.AttemptTimeout = ReadTimeSpan(setting, options, options.AttemptTimeout); break;
            case "DISTRIBUTEDCACHETIMEOUT": options.DistributedCacheTimeout = ReadTimeSpan(setting, options, options.DistributedCacheTimeout); break;
            case "PRICEPERTOKENREQUEST": options.PricePerTokenRequest = ReadNumber(setting, options, options.PricePerTokenRequest); break;
            case "MAXATTEMPTS": options.MaxAttempts = ReadInteger(setting, options); break;
            case "WARMUP": options.WarmUp = ReadEnum(setting, options, options.WarmUp); break;
            default: options.ConfigurationErrors.Add($"'{setting.Path}' is not a setting of an app client; check its spelling."); break;
        }
    }

    // The validator says what is wrong with an address that is not absolute.
    private static Uri? ReadUri(IConfigurationSection setting) =>
        string.IsNullOrEmpty(setting.Value) ? null
        : Uri.TryCreate(setting.Value, UriKind.RelativeOrAbsolute, out var uri) ? uri
        : new Uri("malformed", UriKind.Relative);

    /// <summary>An array, or one value with the items separated by spaces or commas, as environment variables often hold them.</summary>
    private static List<string> ReadList(IConfigurationSection setting) =>
        setting.Value is { } line
            ? [.. line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : [.. setting.GetChildren().Select(item => item.Value ?? "")];

    private static Dictionary<string, string> ReadMap(IConfigurationSection setting, CognitoM2MClientOptions options)
    {
        if (!string.IsNullOrEmpty(setting.Value))
            options.ConfigurationErrors.Add($"{setting.Key} must be an object of names and values.");
        foreach (var nested in setting.GetChildren().Where(item => item.GetChildren().Any()))
            options.ConfigurationErrors.Add($"{setting.Key}: '{nested.Key}' must be one value.");
        return setting.GetChildren().ToDictionary(item => item.Key, item => item.Value ?? "", StringComparer.Ordinal);
    }

    private static TEnum ReadEnum<TEnum>(IConfigurationSection setting, CognitoM2MClientOptions options, TEnum otherwise)
        where TEnum : struct, Enum
    {
        // By name alone: a number or several names are not what anybody means.
        if (Enum.GetNames<TEnum>().FirstOrDefault(name => string.Equals(name, setting.Value, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<TEnum>(name);

        options.ConfigurationErrors.Add($"{setting.Key} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
        return otherwise;
    }

    private static bool ReadBoolean(IConfigurationSection setting, CognitoM2MClientOptions options)
    {
        if (bool.TryParse(setting.Value, out var value))
            return value;

        options.ConfigurationErrors.Add($"{setting.Key} must be true or false.");
        return false;
    }

    private static int ReadInteger(IConfigurationSection setting, CognitoM2MClientOptions options)
    {
        if (int.TryParse(setting.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
            return value;

        options.ConfigurationErrors.Add($"{setting.Key} must be a whole number.");
        return options.MaxAttempts;
    }

    private static double ReadNumber(IConfigurationSection setting, CognitoM2MClientOptions options, double otherwise)
    {
        if (double.TryParse(setting.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return value;

        options.ConfigurationErrors.Add($"{setting.Key} must be a number such as 0.00225.");
        return otherwise;
    }

    private static TimeSpan ReadTimeSpan(IConfigurationSection setting, CognitoM2MClientOptions options, TimeSpan otherwise)
    {
        if (TimeSpan.TryParse(setting.Value, CultureInfo.InvariantCulture, out var value))
            return value;

        options.ConfigurationErrors.Add($"{setting.Key} must be a time span such as 00:00:10.");
        return otherwise;
    }
}
