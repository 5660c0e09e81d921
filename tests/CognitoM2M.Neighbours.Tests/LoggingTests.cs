using System.Net;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.Compliance.Classification;
using Microsoft.Extensions.Compliance.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Logging;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>Loggers that others add to all HttpClients: Microsoft.Extensions.Http.Diagnostics with bodies and headers, and one of the user's own.</summary>
public sealed class LoggingTests
{
    [Theory]
    [InlineData(CognitoClientAuthentication.ClientSecretBasic)]
    [InlineData(CognitoClientAuthentication.ClientSecretPost)]
    public async Task Extended_logging_of_bodies_and_headers_shows_neither_token_nor_secret(CognitoClientAuthentication authentication)
    {
        await using var service = await CallingService.StartAsync((builder, _) =>
        {
            builder.Services.AddRedaction(redaction => redaction.SetFallbackRedactor<NullRedactor>());
            builder.Services.ConfigureHttpClientDefaults(http => http.AddExtendedHttpClientLogging(options =>
            {
                options.LogBody = true;
                options.LogRequestStart = true;
                options.RequestBodyContentTypes.Add("application/x-www-form-urlencoded");
                options.ResponseBodyContentTypes.Add("application/json");
                foreach (var header in (string[])["Authorization", "Content-Type"])
                {
                    options.RequestHeadersDataClasses[header] = DataClassification.None;
                    options.ResponseHeadersDataClasses[header] = DataClassification.None;
                }
            }));
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.ClientAuthentication = authentication);
        });

        await AssertNothingLeaksAsync(service);
    }

    [Fact]
    public async Task Logger_of_the_user_for_all_clients_sees_no_token_request()
    {
        var logger = new EveryRequestLogger();
        await using var service = await CallingService.StartAsync((builder, _) =>
        {
            builder.Services.AddSingleton(logger);
            builder.Services.ConfigureHttpClientDefaults(http => http.AddLogger<EveryRequestLogger>(wrapHandlersPipeline: false));
            builder.Services.AddCognitoM2MClients(builder.Configuration);
        });

        await AssertNothingLeaksAsync(service);

        Assert.DoesNotContain(logger.Addresses, address => address.AbsolutePath.EndsWith("/token", StringComparison.Ordinal));
    }

    private static async Task AssertNothingLeaksAsync(CallingService service)
    {
        using var client = service.CreateClient();
        using var response = await client.GetAsync(new Uri("orders/1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var token = (await service.Provider.GetTokenAsync("orders")).Value;
        var secret = service.Cognito.UserPools[0].AppClients[0].ClientSecret!;

        Assert.All(service.Log.Lines, line =>
        {
            Assert.DoesNotContain(token, line, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
        });
    }

    private sealed class EveryRequestLogger : IHttpClientLogger
    {
        public List<Uri> Addresses { get; } = [];

        public object? LogRequestStart(HttpRequestMessage request)
        {
            Addresses.Add(request.RequestUri!);
            return null;
        }

        public void LogRequestStop(object? context, HttpRequestMessage request, HttpResponseMessage response, TimeSpan elapsed)
        {
        }

        public void LogRequestFailed(object? context, HttpRequestMessage request, HttpResponseMessage? response, Exception exception, TimeSpan elapsed)
        {
        }
    }
}
