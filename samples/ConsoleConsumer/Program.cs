using CognitoM2M;
using ConsoleConsumer;
using Microsoft.Extensions.Configuration;

// A console program that calls an API with Cognito machine-to-machine tokens: on the emulator by default, on a user pool with --aws.
if (args is ["--help" or "-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.TryParse(args, out var problem) is not { } arguments)
{
    Console.Error.WriteLine($"{problem}\n\n{Arguments.Usage}");
    return 2;
}

var report = new Report();
if (arguments.Aws is { } aws)
{
    // The file is optional, because environment variables can hold all settings.
    var configuration = new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath(aws.ConfigurationFile), optional: true)
        .AddEnvironmentVariables()
        .Build();
    await new AwsRun(report).RunAsync(configuration.GetSection(aws.Section), aws.Issuer);
}
else if (arguments.Route == CognitoTokenRoute.UserPassword)
{
    await new UserPasswordRun(report).RunAsync();
}
else
{
    await new EmulatorRun(report, arguments.Route).RunAsync();
}

report.PrintTable();
if (arguments.Json)
    report.PrintJson();
return report.HasSucceeded ? 0 : 1;
