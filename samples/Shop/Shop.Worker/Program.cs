using Shop.Worker;

var builder = Host.CreateApplicationBuilder(args);
OrderWorker.Add(builder);

using var host = builder.Build();
await host.RunAsync();
