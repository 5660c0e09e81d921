using CognitoM2M;

namespace ConsoleConsumer;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(CognitoTokenRoute Route, bool Json, AwsArguments? Aws)
{
    public const string Usage =
        """
        dotnet run --project samples/ConsoleConsumer -- [--route oauth|api] [--json]
            The main job on the emulator, over the OAuth 2.0 token endpoint (default) or GetClientToken.

        dotnet run --project samples/ConsoleConsumer -- --aws --issuer URL [--configuration FILE] [--section NAME] [--json]
            The first part on a real user pool. The section (default CognitoM2M:Clients:orders of appsettings.json; environment variables
            go before the file) holds the settings of the app client; the issuer is https://cognito-idp.REGION.amazonaws.com/POOL_ID.
        """;

    /// <summary>Null, and what is wrong, if the command line is not understood.</summary>
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
                case "--route" when rest.TryDequeue(out var route) && route is "oauth" or "api":
                    arguments = arguments with { Route = route == "api" ? CognitoTokenRoute.GetClientToken : CognitoTokenRoute.OAuth2 };
                    break;
                case "--issuer" when rest.TryDequeue(out var issuer): aws = aws with { Issuer = issuer.TrimEnd('/') }; break;
                case "--configuration" when rest.TryDequeue(out var file): aws = aws with { ConfigurationFile = file }; break;
                case "--section" when rest.TryDequeue(out var section): aws = aws with { Section = section }; break;
                default:
                    problem = $"Not understood: {argument}";
                    return null;
            }
        }

        if (!onAws)
            return arguments;
        if (Uri.TryCreate(aws.Issuer, UriKind.Absolute, out _))
            return arguments with { Aws = aws };
        problem = "--aws needs --issuer, so that the API knows whose tokens to accept.";
        return null;
    }
}

/// <summary>Where the settings of a real app client stand, and who issues its tokens.</summary>
internal sealed record AwsArguments(string ConfigurationFile, string Section, string Issuer);
