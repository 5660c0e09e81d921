// The same shop under Aspire: dotnet run --project samples/Shop/Shop.AppHost, then open the dashboard that it names.
var builder = DistributedApplication.CreateBuilder(args);

var cognito = builder.AddCognitoEmulator("cognito").WithBlueprint("../cognito-m2m.local.json");
var api = builder.AddProject<Projects.Shop_Api>("api").WithHttpEndpoint().WithReference(cognito);
builder.AddProject<Projects.Shop_Worker>("worker")
    .WithReference(cognito, "worker")
    .WithEnvironment("CognitoM2M__Clients__worker__BaseAddress", api.GetEndpoint("http"));

await builder.Build().RunAsync();
