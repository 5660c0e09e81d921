using Microsoft.Extensions.Configuration;

namespace CognitoM2M.Cli.Tokens;

/// <summary>
/// Finds the configuration section of one app client. Environment variables such as <c>CognitoM2M__Clients__orders__ClientSecret</c>
/// override the file.
/// </summary>
internal static class TokenSection
{
    /// <summary>The section with one child for each app client.</summary>
    public const string Parent = "CognitoM2M:Clients";

    public static IConfigurationSection Find(ToolHost host, TokenRequestSettings settings)
    {
        var file = settings.ConfigurationFile ?? TokenRequestSettings.DefaultFile;
        if (settings.ConfigurationFile is not null && !File.Exists(file))
            throw CreateError($"The configuration file '{file}' does not exist. '{host.CommandName} apply --secrets {file}' creates it.");

        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(file), optional: true, reloadOnChange: false)
            .AddInMemoryCollection(host.Variables.Select(ConvertVariable))
            .Build();

        if (settings.Section is { } name)
        {
            var section = configuration.GetSection(name);
            return section.Exists() ? Check(section) : throw CreateError($"'{file}' has no section '{name}'. {DescribeClients(configuration)}");
        }

        return configuration.GetSection(Parent).GetChildren().ToList() switch
        {
            [var only] => Check(only),
            [] when configuration.GetSection("Authentication:Schemes").Exists() => throw CreateError(
                $"'{file}' belongs to an API: it has no app client in the section {Parent}. Name the file of a service that calls the API, or an app client with --client-id. "
                + $"To see whether the API accepts a token, use '{host.CommandName} verify'."),
            [] => throw CreateError(
                $"'{file}' has no app client in the section {Parent}. '{host.CommandName} apply --secrets {file}' adds one. "
                + "Or name another file with --config, or an app client with --client-id."),
            _ => throw new ToolException(ExitCode.Ambiguous, $"Choose an app client with --client NAME. {DescribeClients(configuration)}"),
        };

        IConfigurationSection Check(IConfigurationSection section)
        {
            // A file that the user names is trusted. The file of the current folder may come from anybody, such as a cloned repository.
            if (settings.ConfigurationFile is null)
                UnnamedFile.RequireOwnSecret(configuration.Providers.First(), section, settings);
            return section;
        }
    }

    private static KeyValuePair<string, string?> ConvertVariable(KeyValuePair<string, string> variable) =>
        new(variable.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), variable.Value);

    private static ToolException CreateError(string message) => new(ExitCode.InvalidFile, message);

    private static string DescribeClients(IConfiguration configuration)
    {
        var names = configuration.GetSection(Parent).GetChildren().Select(child => $"'{child.Key}'").ToList();
        return names.Count == 0 ? $"The section {Parent} has no app client." : $"The app clients in {Parent} are {string.Join(", ", names)}.";
    }
}
