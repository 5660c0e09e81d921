using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddCognitoM2MClient("orders", builder.Configuration.GetSection("CognitoM2M:Clients:orders"));
using var host = builder.Build();
await host.StartAsync();

using var orders = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("orders");
Console.WriteLine(await orders.GetStringAsync(new Uri("orders", UriKind.Relative)));
