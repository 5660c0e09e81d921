using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The token endpoint of an app client that is described by options alone, without configuration.</summary>
internal sealed record CompleteEndpoint(CognitoTokenRoute Route, Uri? TokenEndpoint, string? Domain, string? Region, bool UseFips)
{
    /// <summary>Finds the endpoint from the options, then from the emulator that <c>--endpoint-url</c> or <c>AWS_ENDPOINT_URL</c> names.</summary>
    /// <exception cref="ToolException">The options do not say enough. The message names the options to add.</exception>
    public static CompleteEndpoint Create(TokenRequestSettings settings)
    {
        var route = settings.Route ?? CognitoTokenRoute.OAuth2;
        if (route == CognitoTokenRoute.UserPassword)
            throw CreateError("--route UserPassword needs the name and the password of a user, and no option gives them. Name a configuration file with --config that has Username and Password.");
        if (route == CognitoTokenRoute.GetClientToken && settings.Domain is not null)
            throw CreateError("--domain has no effect with --route GetClientToken. Leave one of them out.");
        if ((settings.TokenEndpoint ?? FindEmulatorEndpoint(settings, route)) is { } address)
            return new(route, address, Domain: null, Region: null, UseFips: false);
        if (route == CognitoTokenRoute.OAuth2 && settings.Domain is null)
            throw CreateError("--client-id needs the token endpoint: add --domain, --token-endpoint or --route GetClientToken.");

        var region = settings.Region ?? settings.Aws.Region;
        // The address of a custom domain holds no region.
        if (settings.Domain?.Contains('.', StringComparison.Ordinal) == true)
            return new(route, TokenEndpoint: null, settings.Domain, region, UseFips: false);
        if (region is null)
            throw CreateError("--client-id needs the region: add --region, or set AWS_REGION.");
        if (settings.Domain is not null && !AwsPartition.HasKnownPrefixDomains(region))
            throw CreateError($"--domain: the host names of prefix domains in {region} are not documented. Use --token-endpoint with the whole address.");
        return new(route, TokenEndpoint: null, settings.Domain, region, settings.Aws.UseFips);
    }

    public void Set(CognitoM2MClientOptions options)
    {
        options.Route = Route;
        options.TokenEndpoint = TokenEndpoint;
        options.Domain = Domain;
        options.Region = Region;
        options.UseFips = UseFips;
    }

    private static Uri? FindEmulatorEndpoint(TokenRequestSettings settings, CognitoTokenRoute route) =>
        settings.Aws.EmulatorAddress is not { } emulator || settings.Domain is not null ? null
        : route == CognitoTokenRoute.GetClientToken ? emulator
        : new Uri(emulator, "/oauth2/token");

    private static ToolException CreateError(string message) => new(ExitCode.Usage, message);
}
