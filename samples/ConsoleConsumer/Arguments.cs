using CognitoM2M;

namespace ConsoleConsumer;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(CognitoTokenRoute Route, bool Json, AwsArguments? Aws)
{
    public const string Usage =
        """
        dotnet run --project samples/ConsoleConsumer -- [--route oauth|api|user-password] [--json]
            Runs the main job on the emulator. --route oauth (default) gets tokens from the OAuth 2.0 token endpoint, --route api from the
            operation GetClientToken, --route user-password by the sign-in of a technical user.

        dotnet run --project samples/ConsoleConsumer -- --aws --issuer URL [--configuration FILE] [--section NAME] [--json]
            Runs the first part of the main job on a real user pool. The section (default CognitoM2M:Clients:orders) of the file (default
            appsettings.json) holds the settings of the app client. Environment variables override the file. The issuer is
            https://cognito-idp.REGION.amazonaws.com/USER_POOL_ID.
        """;

    /// <summary>Reads the command line; null, and what is wrong, if it has an error.</summary>
    public static Arguments? TryParse(string[] args, out string problem)
    {
        problem = "";
        var arguments = new Arguments(CognitoTokenRoute.OAuth2, Json: false, Aws: null);
        var aws = new AwsArguments("appsettings.json", "CognitoM2M:Clients:orders", "");
        var onAws = false;

        for (var rest = new Queue<string>(args); rest.TryDequeue(out var argument);)
        {
            switch (argument)
            {
                case "--json": arguments = arguments with { Json = true }; break;
                case "--aws": onAws = true; break;
                case "--route" when rest.TryDequeue(out var name) && FindRoute(name) is { } route:
                    arguments = arguments with { Route = route };
                    break;
                case "--issuer" when rest.TryDequeue(out var issuer): aws = aws with { Issuer = issuer.TrimEnd('/') }; break;
                case "--configuration" when rest.TryDequeue(out var file): aws = aws with { ConfigurationFile = file }; break;
                case "--section" when rest.TryDequeue(out var section): aws = aws with { Section = section }; break;
                default:
                    problem = $"Wrong or incomplete option: {argument}";
                    return null;
            }
        }

        if (!onAws)
            return arguments;
        if (Uri.TryCreate(aws.Issuer, UriKind.Absolute, out _))
            return arguments with { Aws = aws };
        problem = "--aws needs --issuer URL: the API accepts tokens of this issuer only.";
        return null;
    }

    private static CognitoTokenRoute? FindRoute(string name) => name switch
    {
        "oauth" => CognitoTokenRoute.OAuth2,
        "api" => CognitoTokenRoute.GetClientToken,
        "user-password" => CognitoTokenRoute.UserPassword,
        _ => null,
    };
}
