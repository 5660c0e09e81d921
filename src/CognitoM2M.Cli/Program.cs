using CognitoM2M.Cli;

return await ToolCommandLine.RunAsync(args, ToolHost.ForThisProcess()).ConfigureAwait(false);
