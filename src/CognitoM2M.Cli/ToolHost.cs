using System.Collections;
using System.Net;
using System.Runtime.InteropServices;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Running;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli;

/// <summary>Everything outside the process that a command uses. Tests replace each part.</summary>
internal sealed class ToolHost
{
    /// <summary>Takes results, messages and questions.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Standard input.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Connects to the user pools API.</summary>
    public Func<CognitoProvisionerOptions, CognitoProvisioner> CreateProvisioner { get; init; } = options => new CognitoProvisioner(options);

    /// <summary>Starts a command with further environment variables.</summary>
    public Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string>, IChildProcess> StartProcess { get; init; } = ChildProcess.Start;

    /// <summary>Passes signals to a handler until the result is disposed.</summary>
    public Func<Action<PosixSignal>, IDisposable> ListenForSignals { get; init; } = SignalListener.Start;

    /// <summary>Whether the tool is in the foreground of a terminal.</summary>
    public Func<bool> IsInForeground { get; init; } = UnixProcess.IsInForeground;

    /// <summary>Resolves a host name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveHostAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>The proxy; null for the one of the process.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The words that start the tool, in the commands that it prints.</summary>
    public string CommandName { get; init; } = ToolCommandName.Installed;

    /// <summary>Whether the commands that the tool prints are for PowerShell instead of a POSIX shell.</summary>
    public bool IsWindows { get; init; } = OperatingSystem.IsWindows();

    /// <summary>Creates the host for a tool that was started from a shell.</summary>
    public static ToolHost CreateForThisProcess()
    {
        var variables = ReadVariables(Environment.GetEnvironmentVariables(), OperatingSystem.IsWindows());
        return new ToolHost
        {
            Terminal = Terminal.CreateForThisProcess(variables),
            Variables = variables,
            Input = Console.In,
            CommandName = ToolCommandName.Find(Environment.ProcessPath, () => Environment.CurrentDirectory),
        };
    }

    /// <summary>Copies environment variables. On Windows their names are the same in upper and lower case.</summary>
    public static Dictionary<string, string> ReadVariables(IDictionary source, bool isWindows)
    {
        var variables = new Dictionary<string, string>(isWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in source)
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }

    /// <summary>The value of an environment variable; null if the variable is not set or empty.</summary>
    public string? FindValue(string name) => FindVariable(name)?.Value;

    /// <summary>The first of these environment variables that is set and not empty; null if there is none.</summary>
    public KeyValuePair<string, string>? FindVariable(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Variables.TryGetValue(name, out var value) && value.Length > 0)
                return new(name, value);
        }

        return null;
    }
}
