using System.CommandLine;
using CognitoM2M.Cli.Doctor;
using CognitoM2M.Cli.Doctor.Checks;
using CognitoM2M.Cli.Doctor.Observations;
using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Goes from the configuration to a verified token, and names the first thing that is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create(ToolContext context)
    {
        var options = new DoctorOptions();
        var command = new Command("doctor", "Finds out why there is no token, or why a token is rejected, and says what to do. Changes nothing. Requests one token, for which AWS charges.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wantsReport = options.WantsReport(parsed);
            context.Terminal.Say("This command changes nothing. It requests one token if every check of the connection to Cognito passes. AWS charges for the token; an emulator does not."
                + (wantsReport ? " For the report it sends a second token request with an invented app client, which Cognito refuses." : ""));

            var secrets = new KnownSecrets(context.Host);
            var reader = new SubjectReader(context, options.Read(parsed, context), secrets);
            using var examination = new Examination(context.Host, reader.ReadAsync);
            var findings = await ProgressDisplay.ShowAsync(
                context.Host, "checking", progress => ExamineAsync(examination, wantsReport, progress, cancellationToken)).ConfigureAwait(false);

            findings = findings.Redact(new Redaction(examination, secrets, options.WantsFullIds(parsed)));
            if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(FindingsDocument.Create(findings), CommandDocuments.Instance.FindingsDocument));
            else
                FindingsText.Write(context.Terminal, findings);

            if (findings.FirstFailed is { } failed)
                context.Terminal.Say($"error: {failed.Name}: {failed.Result.Finding} {failed.Result.Remedy}", Styles.Error);
            return (int)(findings.FirstFailed?.Result.Code ?? ExitCode.Success);
        });
        return command;
    }

    private static async Task<Findings> ExamineAsync(
        Examination examination, bool wantsReport, IProgress<ProvisioningProgress> progress, CancellationToken cancellationToken)
    {
        var checks = await CheckList.RunAsync(examination, name => Report($"checking {name}"), cancellationToken).ConfigureAwait(false);
        if (!wantsReport || !examination.HasSubject)
            return new Findings(checks, Observations: null, examination.HasSubject && examination.Subject.EmulatorAddress is not null);

        Report("looking at the service");
        var observations = await ObservationList.MakeAsync(examination, cancellationToken).ConfigureAwait(false);
        return new Findings(checks, observations, examination.Subject.EmulatorAddress is not null);

        void Report(string message) => progress.Report(new ProvisioningProgress { Activity = ProvisioningActivity.Reading, Message = message });
    }
}
