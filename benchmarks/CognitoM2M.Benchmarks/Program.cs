using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Benchmarks.Speed;
using CognitoM2M.Benchmarks.Tenants;

return args switch
{
    ["--quick", .. var rest] => await SpeedCommand.RunQuickAsync(rest),
    ["report"] => await ReportCommand.RunAsync(),
    ["speed", .. var rest] => SpeedCommand.RunBenchmarkDotNet(rest),
    ["fleet", .. var rest] => FleetCommand.Run(rest),
    ["tenants", .. var rest] => TenantsCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/CognitoM2M.Benchmarks -- COMMAND

          --quick [--json FILE]  what a call costs, beside the least it could cost and beside the peers; within a minute
          report                 the same for longer, written into docs/performance.md with its chart and its JSON; a few minutes
          speed                  the same under BenchmarkDotNet
          fleet [--json FILE]    token requests of 1 to 10,000 processes, with and without the shared tier (simulated time)
          tenants [--json FILE]  memory for each of 10,000 tenants, and how their renewals spread
        """);
    return 2;
}
