using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CognitoM2M.Cli;

/// <summary>The usual help, and below it the exit codes.</summary>
internal sealed class HelpWithExitCodes(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
            0  done; 'plan --detailed-exitcode': nothing to do
            1  a failure that has no code of its own; 'verify': the token is rejected
            2  'plan --detailed-exitcode': there is something to do
            3  the command line or the AWS configuration is not understood, or not complete
            4  a blueprint or configuration file is missing, cannot be read or written, or is wrong
            5  no credentials, or credentials that are not accepted
            6  the credentials lack a permission
            7  nobody answers at the address, or somebody who is not Cognito
            8  Cognito refuses the request
            9  Cognito fails or is overloaded; try again later
           10  a quota is used up
           11  others are changing the same thing, or the port is in use
           12  the domain belongs to somebody else
           13  the domain's name or certificate is not accepted
           14  there is no such user pool or app client
           15  one name means several user pools or app clients
           16  something would be lost, taken over or deleted, and that was not allowed
           17  something did not happen in time
           18  a secret could not be stored, or is needed and not known
          130  cancelled

        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(ExitCodes);
        return exitCode;
    }
}
