using CognitoM2M.Benchmarks;
using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Benchmarks.Report;
using CognitoM2M.Benchmarks.Speed;
using CognitoM2M.Benchmarks.Tenants;

if (args is ["--quick" or "report" or "speed", ..] && !OwnProcess.HasLargeGeneration0)
    return await OwnProcess.RunWithLargeGeneration0Async(args);

return args switch
{
    ["--quick", .. var rest] => await SpeedCommand.RunQuickAsync(rest),
    ["report", .. var rest] => await ReportCommand.RunAsync(rest),
    ["speed", .. var rest] => SpeedCommand.RunBenchmarkDotNet(rest),
    ["fleet", .. var rest] => FleetCommand.Run(rest),
    ["tenants", .. var rest] => TenantsCommand.Run(rest),
    [NewProcess.Command, var who, var address, var certificate] => await NewProcess.RunAsync(who, address, certificate),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/CognitoM2M.Benchmarks -- COMMAND

          --quick [--json FILE]  what a call costs, beside the least it could cost and beside the peers; within a minute
          report                 makes docs/performance.md again, with its chart and its JSON; a quarter of an hour
          report speed           its figures of speed alone: the same for longer; a few minutes
          report endurance       its figures of endurance alone: the soak, ten minutes with each of three seeds
          speed                  the same under BenchmarkDotNet
          fleet [--json FILE]    token requests of 1 to 10,000 processes, with and without the shared tier (simulated time)
          tenants [--json FILE]  memory for each of 10,000 tenants, and how their renewals spread
        """);
    return 2;
}
