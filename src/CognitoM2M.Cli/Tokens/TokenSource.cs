using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cli.Tokens;

/// <summary>Gets a token as a service would: from the same configuration section and through the same library.</summary>
internal sealed class TokenSource
{
    private readonly Action<IServiceCollection> _register;

    private TokenSource(string clientName, Action<IServiceCollection> register)
    {
        ClientName = clientName;
        _register = register;
    }

    /// <summary>The name of the app client in messages.</summary>
    public string ClientName { get; }

    public static TokenSource Create(ToolHost host, TokenRequestSettings settings)
    {
        var secret = settings.SecretFile is { } path ? ReadSecret(host, path) : null;
        if (settings.AreComplete)
        {
            var endpoint = CompleteEndpoint.Create(settings);
            return new TokenSource(settings.ClientId!, services => services.AddCognitoM2MClient(settings.ClientId!, options =>
            {
                ReplaceCredentials(options, settings, secret);
                endpoint.Set(options);
                AcceptPlainHttp(options, settings);
            }));
        }

        var section = TokenSection.Find(host, settings);
        return new TokenSource(section.Key, services =>
        {
            services.AddCognitoM2MClient(section.Key, section);
            services.Configure<CognitoM2MClientOptions>(section.Key, options =>
            {
                ReplaceCredentials(options, settings, secret);
                ReplaceEndpoint(options, settings);
                AcceptPlainHttp(options, settings);
            });
        });
    }

    /// <summary>Reads the settings of the app client, as the library checks them.</summary>
    /// <param name="onRead">Gets the settings before they are checked.</param>
    /// <exception cref="OptionsValidationException">The settings are wrong.</exception>
    public CognitoM2MClientOptions ReadOptions(Action<CognitoM2MClientOptions> onRead)
    {
        var services = new ServiceCollection();
        _register(services);
        services.PostConfigure(ClientName, onRead);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get(ClientName);
    }

    public async Task<CognitoAccessToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        _register(services);
        var provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            var tokens = provider.GetRequiredService<ICognitoTokenProvider>();
            return await tokens.GetTokenAsync(ClientName, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void ReplaceCredentials(CognitoM2MClientOptions options, TokenRequestSettings settings, string? secret)
    {
        options.ClientId = settings.ClientId ?? options.ClientId;
        if (settings.Scopes.Count > 0)
            options.Scopes = [.. settings.Scopes];
        if (secret is null)
            return;

        options.ClientSecret = secret;
        options.ClientSecretFile = null;
    }

    /// <summary>Replaces what the configuration says about the endpoint. Settings that contradict an option are removed.</summary>
    private static void ReplaceEndpoint(CognitoM2MClientOptions options, TokenRequestSettings settings)
    {
        options.Region = settings.Region ?? options.Region;
        options.Route = settings.Route ?? options.Route;
        if (settings.TokenEndpoint is not null)
            (options.TokenEndpoint, options.Domain, options.UseFips) = (settings.TokenEndpoint, null, false);
        if (settings.Domain is not null)
            (options.TokenEndpoint, options.Domain) = (null, settings.Domain);
        else if (settings.Route is CognitoTokenRoute.GetClientToken or CognitoTokenRoute.UserPassword)
            options.Domain = null;
    }

    /// <summary>Adds the hosts of <c>--plain-http</c> to the hosts that the configuration names.</summary>
    private static void AcceptPlainHttp(CognitoM2MClientOptions options, TokenRequestSettings settings) =>
        options.PlainHttpTokenEndpointHosts = [.. options.PlainHttpTokenEndpointHosts ?? [], .. settings.Aws.PlainHttpHosts];

    /// <summary>Reads the secret from the file that <c>--client-secret-file</c> names, or from standard input.</summary>
    public static string ReadSecret(ToolHost host, string path)
    {
        const string Option = "--client-secret-file";

        // The message does not repeat the path: a user who gives the secret itself by mistake must not find it in a log.
        var text = path == "-" ? host.Input.ReadToEnd() : InputFile.Read(Option, path, "the file");
        return text.Trim() is { Length: > 0 } secret
            ? secret
            : throw new ToolException(ExitCode.InvalidFile, $"{Option}: {(path == "-" ? "standard input" : "the file")} is empty. It must hold the secret.");
    }
}
