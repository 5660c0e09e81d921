var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddCognitoM2M();

var app = builder.Build();
app.MapGet("/orders", () => "[]").RequireCognitoScope("orders/read");
app.Run();
