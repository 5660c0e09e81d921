using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Benchmarks.Tenants;

return args switch
{
    ["fleet", .. var rest] => FleetCommand.Run(rest),
    ["tenants", .. var rest] => TenantsCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/CognitoM2M.Benchmarks -- COMMAND

          fleet [--json FILE]    token requests of 1 to 10,000 processes, with and without the shared tier (simulated time)
          tenants [--json FILE]  memory for each of 10,000 tenants, and how their renewals spread
        """);
    return 2;
}
