using Shop.Api;

var builder = WebApplication.CreateBuilder(args);
await using var app = OrdersApi.Build(builder);
await app.RunAsync();
