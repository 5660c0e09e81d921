using System.Collections;
using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli;

/// <summary>What a command reaches of the world around it; tests put their own in its place.</summary>
internal sealed class ToolHost
{
    /// <summary>Results, messages, questions.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The text piped into the tool.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Connects to the user pools API.</summary>
    public Func<AwsCognitoUserPoolApiOptions, ICognitoUserPoolApi> Connect { get; init; } = options => new AwsCognitoUserPoolApi(options);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The host of a tool that was started from a shell.</summary>
    public static ToolHost ForThisProcess()
    {
        var variables = new Dictionary<string, string>(
            OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";

        return new ToolHost { Terminal = Terminal.ForThisProcess(variables), Variables = variables, Input = Console.In };
    }

    /// <summary>The first of these environment variables that is set and not empty.</summary>
    public string? Variable(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Variables.TryGetValue(name, out var value) && value.Length > 0)
                return value;
        }

        return null;
    }
}
