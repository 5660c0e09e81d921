using CognitoM2M.Cli;

return await ToolCommandLine.RunAsync(args, ToolHost.CreateForThisProcess()).ConfigureAwait(false);
