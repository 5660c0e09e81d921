using ConsoleConsumer;
using Microsoft.Extensions.Configuration;

// A console program that calls an API with Cognito machine-to-machine tokens: on the emulator by default, with --aws on a user pool.
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
    // The file may be missing: all settings can stand in the environment.
    var configuration = new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath(aws.ConfigurationFile), optional: true)
        .AddEnvironmentVariables()
        .Build();
    await new AwsRun(report).RunAsync(configuration.GetSection(aws.Section), aws.Issuer);
}
else
{
    await new EmulatorRun(report, arguments.Route).RunAsync();
}

report.PrintTable();
if (arguments.Json)
    report.PrintJson();
return report.AllAsPromised ? 0 : 1;
