using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Company.Api.Tests;

/// <summary>A small API, so that the tests run at once. Test your own API in its place, and delete this file.</summary>
internal static class ExampleApi
{
    public static async Task<WebApplication> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.UserPoolId = "eu-west-1_AbCdEf123";
            options.ClientIds = ["1example23456789abcdefghij"];
        });
        configure(builder.Services);

        var api = builder.Build();
        api.MapGet("/items", () => new[] { "first", "second" }).RequireCognitoScope("orders/read");
        await api.StartAsync();
        return api;
    }
}
