using ProtectedApi;

// An API that accepts Cognito machine-to-machine tokens. The configuration section Authentication:Schemes:CognitoM2M names the user pool and the
// app clients.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddCognitoM2M();

await using var app = OrdersApi.Build(builder);
await app.RunAsync();
