using ProtectedApi;

// An API that accepts Cognito machine-to-machine tokens. Whose, the section CognitoM2M of the configuration says.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddCognitoM2M(builder.Configuration.GetSection("CognitoM2M"));

await using var app = OrdersApi.Build(builder);
await app.RunAsync();
