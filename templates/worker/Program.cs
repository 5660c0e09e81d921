var builder = Host.CreateApplicationBuilder(args);

// Written by cognito-m2m apply: client id, secret, and where tokens come from.
builder.Configuration.AddJsonFile("cognito-m2m.secrets.json", optional: true).AddEnvironmentVariables();

builder.AddWorker();

await builder.Build().RunAsync();
