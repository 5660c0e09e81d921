using Microsoft.Extensions.Configuration;

namespace CognitoM2M.Cli.Tokens;

/// <summary>
/// The configuration section of one app client: from a file, under environment variables such as <c>CognitoM2M__Clients__orders__ClientSecret</c>.
/// </summary>
internal static class TokenSection
{
    public static IConfigurationSection Find(ToolHost host, TokenRequestSettings settings)
    {
        var file = settings.ConfigurationFile ?? TokenRequestSettings.DefaultFile;
        if (settings.ConfigurationFile is not null && !File.Exists(file))
            throw Invalid($"There is no configuration file '{file}'. 'cognito-m2m apply --secrets {file}' writes one.");

        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(file), optional: true, reloadOnChange: false)
            .AddInMemoryCollection(host.Variables.Select(AsSetting))
            .Build();

        if (settings.Section is { } name)
        {
            var section = configuration.GetSection(name);
            return section.Exists() ? section : throw Invalid($"There is no section '{name}' in '{file}'. {Found(configuration)}");
        }

        return configuration.GetSection(TokenRequestSettings.ParentSection).GetChildren().ToList() switch
        {
            [var only] => only,
            [] => throw Invalid(
                $"There is no app client in '{file}'. 'cognito-m2m apply --secrets {file}' writes one. "
                + "Or name another file with --config, or an app client with --client-id."),
            _ => throw new ToolException(ExitCode.Ambiguous, $"Choose an app client with --client. {Found(configuration)}"),
        };
    }

    private static KeyValuePair<string, string?> AsSetting(KeyValuePair<string, string> variable) =>
        new(variable.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), variable.Value);

    private static ToolException Invalid(string message) => new(ExitCode.InvalidFile, message);

    private static string Found(IConfiguration configuration)
    {
        var names = configuration.GetSection(TokenRequestSettings.ParentSection).GetChildren().Select(child => $"'{child.Key}'").ToList();
        return names.Count == 0 ? "It holds no app client." : $"It holds {string.Join(", ", names)}.";
    }
}
