using ConsoleConsumer;
using Microsoft.Extensions.Configuration;

// A console program that calls an API with Cognito machine-to-machine tokens: on the emulator by default, with --aws on a user pool.
if (Arguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var report = new Report();
if (arguments.Aws is { } aws)
{
    var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(aws.ConfigurationFile)).AddEnvironmentVariables().Build();
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
