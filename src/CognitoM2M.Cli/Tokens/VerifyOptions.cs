using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The options of <c>verify</c>: which tokens are valid.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string?> _userPool = new("--user-pool-id")
    {
        Description = "The user pool whose tokens are valid. Required unless --issuer is given.",
        HelpName = "ID",
        CustomParser = TextValue.ParseUserPoolId,
    };

    private readonly Option<string?> _issuer = new("--issuer")
    {
        Description = "The issuer (claim iss). Use it for an emulator with --loopback-issuer. The address must use https, or http with a loopback host or a host of --plain-http. [default: the two forms that Cognito uses for the user pool]",
        HelpName = "URL",
        CustomParser = ParseIssuer,
    };

    private readonly Option<string[]?> _clientIds = new("--client-id")
    {
        Description = "An app client whose tokens are valid. May be repeated. Required unless --any-client is given.",
        HelpName = "ID",
        CustomParser = TextValue.ParseClientIds,
    };

    private readonly Option<bool> _anyClient = Flag.Create("--any-client", "Accept tokens of every app client of the user pool.");

    private readonly Option<string[]?> _scopes = new("--scope")
    {
        Description = "A scope that the token must have, such as orders/read. May be repeated. [default: none]",
        HelpName = "SCOPE",
        CustomParser = TextValue.ParseScopes,
    };

    private readonly Option<string[]?> _groups = new("--group")
    {
        Description = "A group that the user must be in (claim cognito:groups). May be repeated. [default: none]",
        HelpName = "GROUP",
        CustomParser = TextValue.ParseGroups,
    };

    private readonly Option<CognitoTokenKind?> _kind = new("--token-kind")
    {
        Description = "Which tokens are valid: access tokens, or ID tokens. An API should take access tokens. [default: Access]",
        HelpName = "Access|Id",
        CustomParser = Choice.CreateEnumParser<CognitoTokenKind>(),
    };

    private readonly Option<JwksLocation?> _jwks = JwksLocation.CreateOption();

    // A token given as an argument must not appear in an error message, because messages are logged. Without this argument,
    // System.CommandLine would quote the token as an unknown word.
    private readonly Argument<string[]> _words = new("token") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    public void AddTo(Command command)
    {
        command.Add(_words);
        Option[] all = [_userPool, _issuer, _clientIds, _anyClient, _scopes, _groups, _kind, _jwks];
        foreach (var option in all)
            command.Add(option);

        command.Validators.Add(RefuseOpenChecks);
    }

    public CognitoTokenVerifierOptions Read(ParseResult parsed, ToolContext context)
    {
        var pool = new TrustedUserPool
        {
            UserPoolId = parsed.GetValue(_userPool),
            Issuer = parsed.GetValue(_issuer),
            ClientIds = parsed.GetValue(_clientIds) ?? [],
            AllowAnyClient = parsed.GetValue(_anyClient),
        };
        SetKeySet(pool, parsed.GetValue(_jwks), context.ReadAwsSettings(parsed).EmulatorAddress);
        var options = TokenVerifier.CreateOptions(parsed.GetValue(_kind) ?? CognitoTokenKind.Access, parsed.GetValue(_scopes) ?? []);
        options.UserPools = [pool];
        options.AllOfGroups = parsed.GetValue(_groups) ?? [];
        options.PlainHttpHosts = [.. context.ReadPlainHttpHosts(parsed)];

        // The parsers have checked everything but the content of the key set file.
        return options.Validate() is not { Count: > 0 } errors
            ? options
            : throw ToolException.Create(
                ExitCode.InvalidFile,
                [.. errors.Select(error => error.Replace($"UserPools[0].{nameof(pool.Jwks)} ", "--jwks: the file ", StringComparison.Ordinal))]);
    }

    private void RefuseOpenChecks(CommandResult result)
    {
        if (result.GetResult(_words) is { Tokens: { Count: > 0 } words })
            result.AddError(DescribeUnknownWord(words[0].Value, result));
        if (result.GetResult(_userPool) is null && result.GetResult(_issuer) is null)
            result.AddError("Name the user pool with --user-pool-id ID, or the issuer with --issuer URL.");
        if (result.GetResult(_clientIds) is null && !result.GetValue(_anyClient))
            result.AddError("Name the app clients to accept with --client-id ID, or accept all of them with --any-client.");
        if (result.GetResult(_clientIds) is not null && result.GetValue(_anyClient))
            result.AddError("--client-id and --any-client exclude each other.");
        if (result.GetResult(_scopes) is not null && result.GetValue(_kind) == CognitoTokenKind.Id)
            result.AddError("--scope and --token-kind Id exclude each other: ID tokens have no scopes.");
    }

    // No token begins with --, so a word that begins with -- can be shown.
    private static string DescribeUnknownWord(string word, CommandResult result) => word.StartsWith("--", StringComparison.Ordinal)
        ? UnknownWords.DescribeOption(word, result)
        : "verify reads the token from standard input. A token on the command line is visible to other users.";

    private static string? ParseIssuer(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (HttpAddress.ParseSecureAddress(result) is not { } address)
            return null;
        // Verification compares the claim with this text, character by character.
        if (address.Query.Length + address.Fragment.Length == 0 && text.Trim().Length == text.Length)
            return text;

        ValueError.Add(result, $"'{text}' must not hold a query, a fragment or white space at its ends.");
        return null;
    }

    private static void SetKeySet(TrustedUserPool pool, JwksLocation? jwks, Uri? emulator)
    {
        if (jwks is { Address: { } address })
            pool.JwksUri = address;
        else if (jwks is { File: { } file })
            pool.Jwks = InputFile.Read("--jwks", file, $"'{file}'");
        else if (emulator is not null && pool.Issuer is null)
            pool.JwksUri = new Uri(emulator, $"{pool.UserPoolId}/.well-known/jwks.json");
    }
}
