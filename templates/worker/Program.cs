using Company.Worker;

var builder = Host.CreateApplicationBuilder(args);

// Written by cognito-m2m apply: client id, secret, and where tokens come from.
builder.Configuration.AddJsonFile("cognito-m2m.secrets.json", optional: true).AddEnvironmentVariables();

builder.Services.AddCognitoM2MClient("worker", builder.Configuration.GetSection("CognitoM2M:Clients:worker"));
builder.Services.AddHostedService<ApiCaller>();

await builder.Build().RunAsync();
