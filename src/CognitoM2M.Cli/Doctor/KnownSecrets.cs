using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Doctor;

/// <summary>The secrets and passwords that a run has read: from options, configuration, files, environment variables and Cognito.</summary>
/// <param name="host">Has the environment variables.</param>
internal sealed class KnownSecrets(ToolHost host)
{
    private const string Secret = "[secret]";
    private const string Password = "[password]";

    private static readonly string[] _secretVariables = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
    private static readonly string[] _proxyVariables = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

    private readonly List<CognitoM2MClientOptions> _settings = [];

    /// <summary>The settings of an app client were read. They need not be valid.</summary>
    public void Add(CognitoM2MClientOptions settings) => _settings.Add(settings);

    /// <summary>Each secret with what is shown in its place; the longest first, because a secret may contain another.</summary>
    /// <param name="minimumLength">How long a secret must be to be in the list.</param>
    public IReadOnlyList<(string Value, string Shown)> List(int minimumLength) =>
    [
        .. _settings.SelectMany(ListOfSettings).Concat(ListOfEnvironment())
            .SelectMany(known => ListForms(known.Value).Select(form => (Value: form, known.Shown)))
            .Where(known => known.Value.Length >= minimumLength)
            .DistinctBy(known => known.Value, StringComparer.Ordinal)
            .OrderByDescending(known => known.Value.Length),
    ];

    private static IEnumerable<(string? Value, string Shown)> ListOfSettings(CognitoM2MClientOptions settings) =>
    [
        (settings.ClientSecret, Secret), (ReadFile(settings.ClientSecretFile), Secret),
        (settings.Password, Password), (ReadFile(settings.PasswordFile), Password),
    ];

    private IEnumerable<(string? Value, string Shown)> ListOfEnvironment() =>
        _secretVariables.Select(name => (host.FindValue(name), Secret))
            .Concat(_proxyVariables.Select(name => (FindPassword(host.FindValue(name)), Password)));

    /// <summary>The secret as it was read, and as it is written in an address.</summary>
    private static IEnumerable<string> ListForms(string? value)
    {
        var trimmed = value?.Trim() ?? "";
        return [trimmed, Uri.EscapeDataString(trimmed), Uri.UnescapeDataString(trimmed)];
    }

    private static string? FindPassword(string? proxy) =>
        Uri.TryCreate(proxy, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, var password] ? password : null;

    private static string? ReadFile(string? path)
    {
        try
        {
            // A pipe gives its text only once. To read it again would wait forever.
            return !string.IsNullOrEmpty(path) && FileKind.IsMissingOrRegular(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The library could not read the secret either, and a check says so.
            return null;
        }
    }
}
