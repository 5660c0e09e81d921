using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The command that ends a rotation, whole, so that a user can paste it into a shell with other environment variables.</summary>
internal static class FinishCommand
{
    /// <param name="context">The options of every command.</param>
    /// <param name="parsed">The command that began the rotation.</param>
    /// <param name="path">The blueprint.</param>
    /// <param name="client">The app client.</param>
    /// <param name="destination">The value of <c>--secrets</c>.</param>
    /// <param name="rotation">What the command has done.</param>
    public static string Create(ToolContext context, ParseResult parsed, string path, string client, string destination, SecretRotation rotation)
    {
        var minutes = (int)Math.Ceiling((rotation.DeleteOldSecretAfter ?? TimeSpan.Zero).TotalMinutes);
        List<string> words = [.. context.Host.CommandName.Split(' '), "rotate-secret", path, "--finish", "--client", client, "--delete-after", $"{minutes}", "--secrets", destination];
        var settings = context.ReadAwsSettings(parsed);
        Add("--endpoint-url", settings.EndpointUrl?.OriginalString);
        Add("--region", settings.Region);
        Add("--profile", settings.Profile);
        foreach (var (name, value) in parsed.GetValue(context.Options.Variables) ?? [])
            Add("--var", $"{name}={value}");
        return ShellText.Join(words, context.Host.IsWindows);

        void Add(string option, string? value)
        {
            if (value is not null)
                words.AddRange([option, value]);
        }
    }
}
