using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The options that say which tokens to accept.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string?> _pool = new("--pool") { Description = "The user pool that should have issued it.", HelpName = "ID" };

    private readonly Option<string?> _issuer = new("--issuer")
    {
        Description = "The issuer, in place of those that follow from the pool's id: for an emulator with --loopback-issuer.",
        HelpName = "URL",
    };

    private readonly Option<string[]> _clients = new("--client") { Description = "An app client to accept; may be repeated.", HelpName = "ID" };

    private readonly Option<bool> _anyClient = new("--any-client") { Description = "Accept every app client of the pool." };

    private readonly Option<string[]> _scopes = new("--scope") { Description = "A scope that it must have; may be repeated.", HelpName = "SCOPE" };

    private readonly Option<string?> _keySet = new("--jwks")
    {
        Description = "The key set: a file, or the address where it is read. [default: that of the issuer; at a loopback --endpoint-url the emulator's]",
        HelpName = "FILE|URL",
    };

    // Caught before it would be quoted as a mistake: what is on a command line ends up in logs.
    private readonly Argument<string[]> _token = new("token") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    public void AddTo(Command command)
    {
        command.Add(_token);
        Option[] all = [_pool, _issuer, _clients, _anyClient, _scopes, _keySet];
        foreach (var option in all)
            command.Add(option);

        command.Validators.Add(result =>
        {
            if (result.GetResult(_token) is { Tokens.Count: > 0 })
                result.AddError("The token is read from standard input, not from the command line, where others could see it.");
            if (result.GetResult(_pool) is null && result.GetResult(_issuer) is null)
                result.AddError("Name the user pool with --pool ID, or the issuer with --issuer URL.");
            if (result.GetResult(_clients) is null && !result.GetValue(_anyClient))
                result.AddError("Name the app clients to accept with --client ID, or write --any-client.");
            if (result.GetResult(_clients) is not null && result.GetValue(_anyClient))
                result.AddError("--client and --any-client exclude each other.");
        });
    }

    public CognitoAccessTokenVerifierOptions From(ParseResult parsed, ToolContext context)
    {
        var pool = new TrustedUserPool
        {
            UserPoolId = parsed.GetValue(_pool),
            Issuer = parsed.GetValue(_issuer),
            ClientIds = parsed.GetValue(_clients) ?? [],
            AllowAnyClient = parsed.GetValue(_anyClient),
        };
        SetKeySet(pool, parsed.GetValue(_keySet), context.AwsSettings(parsed).EmulatorAddress);
        var options = new CognitoAccessTokenVerifierOptions
        {
            UserPools = [pool],
            AllOfScopes = parsed.GetValue(_scopes) ?? [],
            VerifiedTokenCacheSize = 0,
        };

        // There is one user pool, so its place in the list says nothing to the user.
        var mistakes = options.Validate().Select(mistake => mistake.Replace("UserPools[0].", "", StringComparison.Ordinal)).ToList();
        if (mistakes.Count == 0)
            return options;

        var isFile = mistakes.All(mistake => mistake.StartsWith($"{nameof(pool.Jwks)} ", StringComparison.Ordinal));
        throw new ToolException(isFile ? ExitCode.InvalidFile : ExitCode.Usage, string.Join(Environment.NewLine, mistakes));
    }

    private static void SetKeySet(TrustedUserPool pool, string? keySet, Uri? emulator)
    {
        if (keySet is null)
            pool.JwksUri = emulator is null || pool.Issuer is not null ? null : new Uri(emulator, $"{pool.UserPoolId}/.well-known/jwks.json");
        else if (HttpAddress.TryParse(keySet, out var address))
            pool.JwksUri = address;
        else if (keySet.Length == 0 || keySet.Contains("://", StringComparison.Ordinal))
            throw new ToolException(ExitCode.Usage, $"--jwks: {HttpAddress.Quote(keySet)} is neither a file nor an http or https address.");
        else
            pool.Jwks = File.ReadAllText(keySet);
    }
}
