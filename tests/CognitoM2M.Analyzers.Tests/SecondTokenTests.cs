namespace CognitoM2M.Analyzers.Tests;

public sealed class SecondTokenTests
{
    [Theory]
    [InlineData("HttpClient 'reports'", """services.AddHttpClient("reports").AddCognitoM2MToken("orders").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """services.AddHttpClient("reports").AddCognitoM2MToken("orders").SetHandlerLifetime(TimeSpan.FromMinutes(5)).{|#0:AddCognitoM2MToken|}("orders");""")]
    [InlineData("the HttpClient of 'Reports'", """services.AddHttpClient<Reports>().AddCognitoM2MToken("orders").{|#0:AddCognitoM2MToken|}("orders", new CognitoTokenRequest());""")]
    [InlineData("the HttpClient of 'Reports'", """services.AddHttpClient<Reports>().AddCognitoM2MToken("orders"); services.AddHttpClient<Reports>().{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services.AddHttpClient("reports").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """var http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); http.{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """var http = services.AddHttpClient("reports").AddCognitoM2MToken("orders"); http.{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("this HttpClient", """services.ConfigureHttpClientDefaults(http => { http.AddCognitoM2MToken("orders"); http.{|#0:AddCognitoM2MToken|}("billing"); });""")]
    [InlineData("HttpClient 'orders'", """services.AddCognitoM2MClient("orders", configuration.GetSection("a")).{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'orders'", """services.AddCognitoM2MClient("orders", configuration.GetSection("a")); services.{|#0:AddCognitoM2MClient|}("orders", configuration.GetSection("b"));""")]
    [InlineData("HttpClient 'orders'", """services.AddCognitoM2MClient("orders", options => options.ClientId = "a"); services.{|#0:AddCognitoM2MClient|}("orders", options => options.ClientId = "b");""")]
    [InlineData("HttpClient 'reports'", """services.AddHttpClient("reports").AddCognitoM2MToken("orders").{|#0:AddHttpMessageHandler|}(provider => provider.GetRequiredService<ICognitoTokenHandlerFactory>().CreateHandler("orders"));""")]
    [InlineData("this HttpClient", """ICognitoTokenHandlerFactory handlers = null!; var handler = handlers.{|#0:CreateHandler|}("orders", handlers.CreateHandler("billing"));""")]
    [InlineData("this HttpClient", """services.AddOwnClient().AddCognitoM2MToken("orders").{|#0:AddCognitoM2MToken|}("billing");""")]
    public async Task Second_token_on_an_HttpClient_is_reported(string client, string statements)
    {
        await Analysis<SecondTokenAnalyzer>.ReportsAsync(client, statements, Types);
    }

    [Fact]
    public async Task Second_token_in_a_method_with_an_expression_body_is_reported()
    {
        await Analysis<SecondTokenAnalyzer>.ReportsAsync(
            "HttpClient 'reports'",
            "",
            """static class Registration { static IHttpClientBuilder Add(IServiceCollection services) => services.AddHttpClient("reports").AddCognitoM2MToken("orders").{|#0:AddCognitoM2MToken|}("billing"); }""");
    }

    [Theory]
    [InlineData("""services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services.AddHttpClient("audit").AddCognitoM2MToken("orders");""")]
    [InlineData("""services.AddHttpClient<Reports>().AddCognitoM2MToken("orders"); services.AddHttpClient<Audit>().AddCognitoM2MToken("orders");""")]
    [InlineData("""services.AddHttpClient("reports").AddCognitoM2MToken("orders").RemoveCognitoM2MToken().AddCognitoM2MToken("billing");""")]
    [InlineData("""if (args.Length > 0) services.AddHttpClient("reports").AddCognitoM2MToken("orders"); else services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""if (args.Length > 0) { services.AddCognitoM2MClient("orders", configuration.GetSection("a")); } else { services.AddCognitoM2MClient("orders", configuration.GetSection("b")); }""")]
    [InlineData("""_ = args.Length > 0 ? services.AddHttpClient("reports").AddCognitoM2MToken("orders") : services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""_ = args.Length switch { 0 => services.AddHttpClient("reports").AddCognitoM2MToken("orders"), _ => services.AddHttpClient("reports").AddCognitoM2MToken("billing") };""")]
    [InlineData("""services.AddCognitoM2MClient("orders", configuration.GetSection("a")); services.AddCognitoM2MClient("orders", options => options.ReplayAfterRejection = false);""")]
    [InlineData("""services.AddCognitoM2MClient("orders", configuration.GetSection("a")).AddCognitoM2MToken("orders", new CognitoTokenRequest { Scopes = ["orders/write"] });""")]
    [InlineData("""services.AddCognitoM2MClient("orders", configuration.GetSection("a")); services.AddHttpClient<Reports>().AddCognitoM2MToken("orders");""")]
    [InlineData("""services.ConfigureHttpClientDefaults(http => http.AddCognitoM2MToken("orders")); services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""services.AddOwnClient().AddCognitoM2MToken("orders"); services.AddOwnClient().AddCognitoM2MToken("billing");""")]
    [InlineData("""foreach (var name in args) services.AddHttpClient(name).AddCognitoM2MToken("orders");""")]
    [InlineData("""services.AddHttpClient(args[0]).AddCognitoM2MToken("orders"); services.AddHttpClient(args[1]).AddCognitoM2MToken("orders");""")]
    [InlineData("""services.AddHttpClient("reports").AddCognitoM2MToken("orders").AddHttpMessageHandler(_ => new OwnHandler());""")]
    public async Task One_token_on_each_HttpClient_is_accepted(string statements)
    {
        await Analysis<SecondTokenAnalyzer>.ReportsNothingAsync(statements, Types);
    }

    [Fact]
    public async Task Test_may_put_two_tokens_on_an_HttpClient()
    {
        await Analysis<SecondTokenAnalyzer>.ReportsNothingAsync(
            """services.AddHttpClient("reports").AddCognitoM2MToken("orders").AddCognitoM2MToken("billing");""", Types, "xunit.core");
    }

    private const string Types = """
        class Reports(HttpClient http);
        class Audit(HttpClient http);
        class OwnHandler : DelegatingHandler;
        static class OwnRegistration { public static IHttpClientBuilder AddOwnClient(this IServiceCollection services) => services.AddHttpClient(Guid.NewGuid().ToString()); }
        """;
}
