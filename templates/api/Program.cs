var builder = WebApplication.CreateBuilder(args);

// Reads the section Authentication:Schemes:CognitoM2M.
builder.Services.AddAuthentication().AddCognitoM2M();
builder.Services.AddHealthChecks().AddCognitoM2MKeys();
builder.Services.AddProblemDetails();

var app = builder.Build();

app.MapHealthChecks("/health");
app.MapGet("/items", () => new[] { "first", "second" }).RequireCognitoScope("orders/read");

app.Run();
