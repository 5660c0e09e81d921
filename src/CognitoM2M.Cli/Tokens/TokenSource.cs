using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Cli.Tokens;

/// <summary>Gets a token as a service would: from the same configuration section, through the same library.</summary>
internal sealed class TokenSource
{
    private readonly Action<IServiceCollection> _register;

    private TokenSource(string clientName, Action<IServiceCollection> register)
    {
        ClientName = clientName;
        _register = register;
    }

    /// <summary>How messages call the app client.</summary>
    public string ClientName { get; }

    public static TokenSource From(ToolHost host, TokenRequestSettings settings)
    {
        var secret = settings.SecretFile is { } path ? ReadSecret(host, path) : null;
        if (settings.ClientId is { } clientId && settings.ConfigurationFile is null && settings.Section is null)
        {
            return new TokenSource(clientId, services => services.AddCognitoM2MClient(
                clientId, options => Override(options, settings, secret, isComplete: true)));
        }

        var section = TokenSection.Find(host, settings);
        return new TokenSource(section.Key, services =>
        {
            services.AddCognitoM2MClient(section.Key, section);
            services.Configure<CognitoM2MClientOptions>(section.Key, options => Override(options, settings, secret, isComplete: false));
        });
    }

    public async Task<CognitoAccessToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        _register(services);
        var provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            var tokens = provider.GetRequiredService<ICognitoTokenProvider>();
            return await tokens.GetTokenAsync(ClientName, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Override(CognitoM2MClientOptions options, TokenRequestSettings settings, string? secret, bool isComplete)
    {
        options.ClientId = settings.ClientId ?? options.ClientId;
        options.ClientSecret = secret ?? options.ClientSecret;
        options.Domain = settings.Domain ?? options.Domain;
        options.Route = settings.Route ?? options.Route;
        // A file says everything by itself; AWS_REGION and AWS_ENDPOINT_URL speak only where there is none.
        options.Region = settings.Region ?? (isComplete ? settings.Aws.Region : options.Region);
        options.UseFips |= isComplete && settings.Aws.UseFips;
        options.TokenEndpoint = settings.TokenEndpoint ?? (isComplete ? EmulatedEndpoint(settings, options.Route) : options.TokenEndpoint);
        if (settings.Scopes.Count > 0)
            options.Scopes = [.. settings.Scopes];
    }

    private static Uri? EmulatedEndpoint(TokenRequestSettings settings, CognitoTokenRoute route) =>
        settings.Aws.EmulatorAddress is not { } emulator || settings.Domain is not null ? null
        : route == CognitoTokenRoute.GetClientToken ? emulator
        : new Uri(emulator, "/oauth2/token");

    private static string ReadSecret(ToolHost host, string path)
    {
        var text = path == "-" ? host.Input.ReadToEnd() : File.ReadAllText(path);
        return text.Trim() is { Length: > 0 } secret
            ? secret
            : throw new ToolException(ExitCode.InvalidFile, "--client-secret-file: there is no secret in it.");
    }
}
