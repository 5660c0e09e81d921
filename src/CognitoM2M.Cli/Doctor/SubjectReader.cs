using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Tokens;
using CognitoM2M.Provisioning;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Doctor;

/// <summary>Finds out what to examine: from a configuration section and options, as <c>token</c> reads them, or from a blueprint.</summary>
/// <param name="context">The host and the options of every command.</param>
/// <param name="request">What the user named.</param>
/// <param name="secrets">Takes note of the secrets that are read.</param>
internal sealed class SubjectReader(ToolContext context, SubjectRequest request, KnownSecrets secrets)
{
    /// <exception cref="Exception">The settings are incomplete or contradict each other, or the blueprint was not applied.</exception>
    public async Task<Subject> ReadAsync(CancellationToken cancellationToken)
    {
        var settings = request.ReadSettings();
        if (request.LoadBlueprint is null)
            return Create(TokenSource.Create(context.Host, settings).ReadOptions(secrets.Add), settings.Aws);

        var blueprint = await request.LoadBlueprint(cancellationToken).ConfigureAwait(false);
        var name = ChooseClient(blueprint, settings);
        using var provisioner = context.Host.CreateProvisioner(settings.Aws.CreateProvisionerOptions(context.Host.TimeProvider));
        var outputs = await provisioner.GetOutputsAsync(blueprint, progress: null, cancellationToken).ConfigureAwait(false);

        var options = settings.ConfigurationFile is null
            ? await ReadFromCognitoAsync(provisioner, outputs, name, settings, cancellationToken).ConfigureAwait(false)
            : TokenSource.Create(context.Host, settings with { Section = $"{TokenSection.Parent}:{name}" }).ReadOptions(secrets.Add);
        var domain = blueprint.Domain is { } wanted ? wanted.Custom?.Name ?? wanted.Prefix : null;
        return Create(options, settings.Aws) with
        {
            UserPoolId = request.UserPoolId ?? outputs.UserPoolId,
            Domain = options.Route == CognitoTokenRoute.OAuth2 ? domain : null,
        };
    }

    private Subject Create(CognitoM2MClientOptions options, AwsSettings aws)
    {
        // Only one request is sent: AWS charges for a token, and a second attempt would hide a server that fails sometimes.
        options.FirstFetchAttempts = 1;
        var endpoint = SubjectAddress.FindEndpoint(options);
        return new Subject
        {
            Options = options,
            Endpoint = endpoint,
            Domain = SubjectAddress.FindDomain(options, endpoint),
            UserPoolId = request.UserPoolId,
            KeySetAddress = request.KeySet?.Address,
            KeySet = request.KeySet?.File is { } file ? ReadKeySet(file) : null,
            Api = request.Api,
            Aws = aws with { Region = options.Region ?? aws.Region },
        };
    }

    private static string ReadKeySet(string path)
    {
        var text = InputFile.Read("--jwks", path, $"'{path}'");
        var pool = new TrustedUserPool { Issuer = "https://example.com", AllowAnyClient = true, Jwks = text };
        return new CognitoAccessTokenVerifierOptions { UserPools = [pool] }.Validate().Count == 0
            ? text
            : throw new ToolException(ExitCode.InvalidFile, $"--jwks: '{path}' is not a key set with a usable key.");
    }

    private static string ChooseClient(Blueprint blueprint, TokenRequestSettings settings)
    {
        var names = blueprint.AppClients.Select(client => client.Name).ToList();
        if (settings.Section is null)
        {
            return names is [var only] ? only : throw new ToolException(
                ExitCode.Ambiguous, $"Choose an app client with --client NAME. The app clients in the blueprint are {string.Join(", ", names.Select(name => $"'{name}'"))}.");
        }

        // --client NAME stands in the settings as the section of that name.
        var wanted = settings.Section[(TokenSection.Parent.Length + 1)..];
        return names.Contains(wanted, StringComparer.Ordinal)
            ? wanted
            : throw new ToolException(ExitCode.InvalidFile, $"The blueprint has no app client '{wanted}'. Names are case-sensitive.");
    }

    /// <summary>What a service would be configured with: the outputs of the blueprint, and the secret that Cognito shows.</summary>
    private async Task<CognitoM2MClientOptions> ReadFromCognitoAsync(
        CognitoProvisioner provisioner, ProvisioningOutputs outputs, string name, TokenRequestSettings settings, CancellationToken cancellationToken)
    {
        var client = outputs.AppClients.First(client => client.Name == name);
        if (client.Route == AppClientRoute.UserPassword)
            throw new ToolException(ExitCode.Usage, $"The app client '{name}' signs a user in, and a blueprint names no user. Name the file that has Username and Password with --config FILE.");
        var usesTokenEndpoint = client.Route == AppClientRoute.OAuth2 || (client.Route == AppClientRoute.Both && outputs.TokenEndpoint is not null);
        if (usesTokenEndpoint && outputs.TokenEndpoint is null)
            throw new ToolException(ExitCode.Usage, "The host name of the domain is not known in this AWS partition. Leave FILE out, and use --token-endpoint with the whole address.");

        var options = new CognitoM2MClientOptions
        {
            Route = usesTokenEndpoint ? CognitoTokenRoute.OAuth2 : CognitoTokenRoute.GetClientToken,
            TokenEndpoint = usesTokenEndpoint ? outputs.TokenEndpoint : settings.Aws.EmulatorAddress,
            PlainHttpTokenEndpointHosts = [.. settings.Aws.PlainHttpHosts],
            Region = outputs.Region,
            ClientId = client.ClientId,
            Scopes = [.. client.Scopes],
            ClientSecret = settings.SecretFile is { } path
                ? TokenSource.ReadSecret(context.Host, path)
                : await ReadShownSecretAsync(provisioner, outputs.UserPoolId, client, cancellationToken).ConfigureAwait(false),
        };
        secrets.Add(options);
        return options;
    }

    private static async Task<string> ReadShownSecretAsync(
        CognitoProvisioner provisioner, string userPoolId, AppClientOutput client, CancellationToken cancellationToken)
    {
        var inspection = await provisioner
            .InspectAsync(new InspectionRequest { UserPoolId = userPoolId, ClientId = client.ClientId }, cancellationToken).ConfigureAwait(false);
        return inspection.AppClient?.ShownSecret ?? throw new ToolException(
            ExitCode.Secret,
            $"Cognito does not show the secret of app client '{client.Name}'. Name the file that holds the secret with --config FILE or --client-secret-file FILE.");
    }
}

/// <summary>What the user named.</summary>
/// <param name="ReadSettings">Reads the options that <c>doctor</c> shares with <c>token</c>. May throw a <see cref="ToolException"/>.</param>
/// <param name="LoadBlueprint">Loads the blueprint; null if none is named.</param>
/// <param name="UserPoolId">The user pool; null if none is named.</param>
/// <param name="KeySet">The key set; null if none is named.</param>
/// <param name="Api">The API; null if none is named.</param>
internal sealed record SubjectRequest(
    Func<TokenRequestSettings> ReadSettings,
    Func<CancellationToken, Task<Blueprint>>? LoadBlueprint,
    string? UserPoolId,
    JwksLocation? KeySet,
    Uri? Api);
