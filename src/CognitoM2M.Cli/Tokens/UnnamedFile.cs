using Microsoft.Extensions.Configuration;

namespace CognitoM2M.Cli.Tokens;

/// <summary>
/// The configuration file of the current folder, which is read although the user did not name it. It may send its own secret anywhere, and no
/// other secret: somebody else may have written the file, and could name an address that collects the secrets of its readers.
/// </summary>
internal static class UnnamedFile
{
    private static readonly string[] _fileKeys = [nameof(CognitoM2MClientOptions.ClientSecretFile), nameof(CognitoM2MClientOptions.PasswordFile)];

    private static readonly string[] _secretKeys = [nameof(CognitoM2MClientOptions.ClientSecret), nameof(CognitoM2MClientOptions.Password), .. _fileKeys];

    private static readonly string[] _endpointKeys =
    [
        nameof(CognitoM2MClientOptions.TokenEndpoint), nameof(CognitoM2MClientOptions.Domain), nameof(CognitoM2MClientOptions.Region),
        nameof(CognitoM2MClientOptions.Route), nameof(CognitoM2MClientOptions.UseFips),
    ];

    /// <summary>If the file sets the address that gets the secrets, checks that the client secret and the password are written in the file itself.</summary>
    /// <exception cref="ToolException">A secret comes from another source.</exception>
    public static void RequireOwnSecret(IConfigurationProvider file, IConfigurationSection section, TokenRequestSettings settings)
    {
        var saysWhere = settings.TokenEndpoint is null && _endpointKeys.Any(key => FindValue(file, section, key) is not null);
        if (!saysWhere || FindOtherSource(file, section, settings) is not { } source)
            return;

        throw new ToolException(
            ExitCode.Usage,
            $"The secret comes {source}, and '{TokenRequestSettings.DefaultFile}' in the current folder says where the secret goes. "
                + $"If you trust this file, name it: --config {TokenRequestSettings.DefaultFile}");
    }

    private static string? FindOtherSource(IConfigurationProvider file, IConfigurationSection section, TokenRequestSettings settings) =>
        settings.SecretFile is not null ? "from --client-secret-file"
        : _secretKeys.Any(key => section[key] != FindValue(file, section, key)) ? "from an environment variable"
        : _fileKeys.FirstOrDefault(key => section[key] is not null) is { } named ? $"from the file that {named} names"
        : null;

    private static string? FindValue(IConfigurationProvider file, IConfigurationSection section, string key) =>
        file.TryGet(ConfigurationPath.Combine(section.Path, key), out var value) ? value : null;
}
