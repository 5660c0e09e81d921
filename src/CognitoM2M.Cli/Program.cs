using CognitoM2M.Cli;
using CognitoM2M.Cli.CommandLine;

return await ToolCommandLine.RunAsync(args, ToolHost.ForThisProcess()).ConfigureAwait(false);
