using System.CommandLine;
using System.Globalization;
using System.Numerics;
using CognitoM2M.Cli.Costs;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Commands;

/// <summary>Calculates what the token requests of a month cost. Sends no request.</summary>
internal static class CostCommand
{
    private const int DefaultLifetime = 60;
    private const long MostRequests = 1_000_000_000_000;

    public static Command Create(ToolContext context)
    {
        var appClients = CreateNumber("--app-clients", 10_000, "How many app clients call. [default: 1]", min: 1);
        var processes = CreateNumber("--processes", 100_000, "How many processes use each app client. [default: 1]", min: 1);
        var lifetime = CreateNumber("--token-lifetime", 1_440, $"How many minutes a token is valid, from 5. [default: {DefaultLifetime}]", min: 5, "MINUTES");
        var calls = CreateNumber("--calls", MostRequests, "How many calls all processes make in a month. [default: they call all the time]", min: 1L);
        var requests = CreateNumber("--requests", MostRequests, "Token requests of a month that cognito_m2m.token.requests has counted. [default: an estimate]", min: 0L);
        var saved = CreateNumber("--saved-requests", MostRequests, "Requests that cognito_m2m.token.saved_requests has counted in the same month. [default: 0]", min: 0L);
        var perRequest = CreatePrice("--usd-per-request", "Price of one successful token request.", Prices.Default.PerTokenRequest);
        var perClient = CreatePrice("--usd-per-app-client", "Price of one app client in a month.", Prices.Default.PerAppClient);

        var command = new Command("cost", "Calculates what the token requests of a month cost, with and without the shared tier. Sends no request.")
        {
            appClients, processes, lifetime, calls, requests, saved, perRequest, perClient,
        };
        command.Validators.Add(result =>
        {
            var isMeasured = result.GetResult(requests) is not null;
            if (!isMeasured && result.GetResult(saved) is not null)
                result.AddError("--saved-requests has no effect without --requests. Add --requests.");
            if (isMeasured && new Option[] { processes, lifetime, calls }.FirstOrDefault(option => result.GetResult(option) is not null) is { } estimated)
                result.AddError($"{estimated.Name} is for an estimate, and --requests is a measured number. Leave one of them out.");
        });
        command.SetAction(parsed =>
        {
            var clients = parsed.GetValue(appClients) ?? 1;
            var prices = new Prices(
                parsed.GetValue(perRequest) ?? Prices.Default.PerTokenRequest, parsed.GetValue(perClient) ?? Prices.Default.PerAppClient);
            var month = parsed.GetValue(requests) is { } measured
                ? TokenRequests.FromMeters(measured, parsed.GetValue(saved) ?? 0)
                : TokenRequests.Estimate(
                    clients, parsed.GetValue(processes) ?? 1, TimeSpan.FromMinutes(parsed.GetValue(lifetime) ?? DefaultLifetime), parsed.GetValue(calls));

            if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(CostDocument.Create(month, prices, clients), CommandDocuments.Instance.CostDocument));
            else
                Write(context.Terminal, month, prices, clients);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Option<T?> CreateNumber<T>(string name, T max, string description, T min, string unit = "N")
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = unit,
            CustomParser = result => WholeNumber.CreateParser(min, max)(result),
        };

    private static Option<decimal?> CreatePrice(string name, string description, decimal price) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {price}, as of {Prices.AsOf}]"),
        HelpName = "USD",
        CustomParser = UsdAmount.Parse,
    };

    private static void Write(Terminal terminal, TokenRequests month, Prices prices, int appClients)
    {
        terminal.Result($"{"A month of 30 days",-34}{"token requests",18}{"USD",14}");
        if (month.WithoutCache is { } calls)
            WriteLine("a token request for each call", calls);
        WriteLine("a cache in each process", month.WithoutSharedTier);
        WriteLine("a shared tier", month.WithSharedTier);
        terminal.Say($"The prices are options. Their defaults are of {Prices.AsOf}; see https://aws.amazon.com/cognito/pricing.");

        void WriteLine(string name, long requests) =>
            terminal.Result(string.Create(CultureInfo.InvariantCulture, $"{name,-34}{requests,18:N0}{prices.Calculate(requests, appClients),14:N2}"));
    }

    /// <summary>The document of <c>--json</c>.</summary>
    internal sealed record CostDocument(CostItem? WithoutCache, CostItem WithoutSharedTier, CostItem WithSharedTier, decimal UsdPerRequest, decimal UsdPerAppClient)
    {
        public static CostDocument Create(TokenRequests month, Prices prices, int appClients)
        {
            return new(
                month.WithoutCache is { } calls ? CreateItem(calls) : null, CreateItem(month.WithoutSharedTier), CreateItem(month.WithSharedTier),
                prices.PerTokenRequest, prices.PerAppClient);

            CostItem CreateItem(long requests) => new(requests, prices.Calculate(requests, appClients));
        }
    }

    internal sealed record CostItem(long TokenRequests, decimal Usd);
}
