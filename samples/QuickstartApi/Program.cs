var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddCognitoM2M(options =>
{
    options.UserPoolId = "eu-west-1_AbCdEf123";
    options.ClientIds = ["1example23456789abcdefghij"];
});

var app = builder.Build();
app.MapGet("/orders", () => "[]").RequireCognitoScope("orders/read");
app.Run();
