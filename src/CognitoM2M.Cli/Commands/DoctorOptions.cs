using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Doctor;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Tokens;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options of <c>doctor</c>: what to examine, and what to print.</summary>
internal sealed class DoctorOptions
{
    // A blueprint and its outputs say what these options say.
    private static readonly string[] _excludedByBlueprint = ["--section", "--client-id", "--domain", "--token-endpoint", "--route", "--scope"];

    private readonly TokenOptions _token = new();

    private readonly Argument<string?> _blueprint = new("FILE")
    {
        Description = "A blueprint that was applied. Its user pool and app client are examined. [default: none; the configuration is read as 'token' reads it]",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = FilePath.ParseFileToRead,
    };

    private readonly Option<string?> _userPool = new("--user-pool-id")
    {
        Description = "The user pool that the tokens must come from. Its settings are read if a token request fails. [default: the user pool of the blueprint or of the domain]",
        HelpName = "ID",
        CustomParser = TextValue.ParseUserPoolId,
    };

    private readonly Option<JwksLocation?> _jwks = JwksLocation.CreateOption();

    private readonly Option<Uri?> _api = new("--api")
    {
        Description = "An address of the API that the tokens are for: https, or http to loopback or to a host of --plain-http. It is called with GET, without and with the token. [default: no API is called]",
        HelpName = "URL",
        CustomParser = HttpAddress.ParseSecureAddress,
    };

    private readonly Option<bool> _report = Flag.Create(
        "--report", "Also print a report about behaviour of Cognito that its documentation does not describe. Sends one more token request, with an invented app client. [default: no report]");

    private readonly Option<bool> _fullIds = Flag.Create("--full-ids", "Print ids whole. [default: ids are shortened]");

    public void AddTo(Command command)
    {
        command.Add(_blueprint);
        _token.AddTo(command);
        Option[] all = [_userPool, _jwks, _api, _report, _fullIds];
        foreach (var option in all)
            command.Add(option);

        command.Validators.Add(RefuseContradictions);
    }

    public SubjectRequest Read(ParseResult parsed, ToolContext context) => new(
        () => _token.Read(parsed, context),
        parsed.GetValue(_blueprint) is { } path ? cancellationToken => BlueprintFile.LoadAsync(path, context.ReadVariables(parsed), cancellationToken) : null,
        parsed.GetValue(_userPool),
        parsed.GetValue(_jwks),
        parsed.GetValue(_api));

    public bool WantsReport(ParseResult parsed) => parsed.GetValue(_report);

    public bool WantsFullIds(ParseResult parsed) => parsed.GetValue(_fullIds);

    private void RefuseContradictions(CommandResult result)
    {
        if (result.GetResult(_blueprint) is null or { Implicit: true })
            return;

        foreach (var option in result.Children.OfType<OptionResult>().Where(option => !option.Implicit && _excludedByBlueprint.Contains(option.Option.Name)))
            result.AddError($"FILE and {option.Option.Name} exclude each other: the blueprint says this.");
    }
}
