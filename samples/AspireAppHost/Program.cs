// An app host with an emulated Cognito and an API that trusts its tokens. The blueprint chooses the ids.
var builder = DistributedApplication.CreateBuilder(args);

var cognito = builder.AddCognitoEmulator("cognito").WithBlueprint("cognito-m2m.json");
builder.AddProject<Projects.QuickstartApi>("orders").WithHttpEndpoint().WithReference(cognito);

await builder.Build().RunAsync();
