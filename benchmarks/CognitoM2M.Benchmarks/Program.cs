using CognitoM2M.Benchmarks;
using CognitoM2M.Benchmarks.Emulation;
using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Benchmarks.Report;
using CognitoM2M.Benchmarks.Speed;
using CognitoM2M.Benchmarks.Tenants;

if (args is ["--quick" or "report" or "speed" or "throughput", ..] && !OwnProcess.HasLargeGeneration0)
    return await OwnProcess.RunWithLargeGeneration0Async(args);

return args switch
{
    ["--quick", .. var rest] => await SpeedCommand.RunQuickAsync(rest),
    ["report", .. var rest] => await ReportCommand.RunAsync(rest),
    ["speed", .. var rest] => SpeedCommand.RunBenchmarkDotNet(rest),
    ["fleet", .. var rest] => FleetCommand.Run(rest),
    ["tenants", .. var rest] => TenantsCommand.Run(rest),
    ["throughput", .. var rest] => await ThroughputCommand.RunAsync(rest),
    ["emulator", .. var rest] => await EmulatorCommand.RunAsync(rest),
    [NewProcess.Command, var who, var address, var certificate] => await NewProcess.RunAsync(who, address, certificate),
    _ => PrintUsage(),
};

static int PrintUsage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/CognitoM2M.Benchmarks -- COMMAND

          --quick [--json FILE]  the cost of a call, beside the lowest possible cost and beside other libraries; up to a minute
          report                 measures again and writes docs/performance.md, its chart and its JSON; 17 minutes
          report speed           only the speed figures of the page, measured for five minutes
          report throughput      only the throughput figures of the page; one minute
          report endurance       only the endurance figures of the page: the soak, ten minutes with each of three seeds
          speed                  the same operations as --quick, measured by BenchmarkDotNet
          fleet [--json FILE]    token requests of 1 to 10,000 processes, with and without the shared tier (simulated time)
          tenants [--json FILE]  memory per tenant for 10,000 tenants, and how their renewals are spread
          throughput             requests per second of an API on Kestrel, protected and not; one minute
          emulator [--write] TOOL [MOTO]
                                 start and tokens per second of the emulator of a published tool, beside moto_server; half a minute;
                                 with --write, the figures go to docs/performance.md
        """);
    return 2;
}
