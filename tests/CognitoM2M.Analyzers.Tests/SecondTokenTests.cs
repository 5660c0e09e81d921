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

    [Theory]
    [InlineData("HttpClient 'reports'", """var same = services; services.AddHttpClient("reports").AddCognitoM2MToken("orders"); same.AddHttpClient("reports").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """services.AddHttpClient("reports").AddCognitoM2MToken("orders").Services.AddOptions().AddHttpClient("reports").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """var http = services.AddHttpClient("reports"); http = http.AddCognitoM2MToken("orders"); http = http.{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """var a = new ServiceCollection(); a.AddHttpClient("reports").AddCognitoM2MToken("orders"); a.AddHttpClient("reports").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """new ServiceCollection().AddHttpClient("reports").AddCognitoM2MToken("orders").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """services = new ServiceCollection(); services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services.AddHttpClient("reports").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """var host = new Host(); var own = host.Services; own.AddHttpClient("reports").AddCognitoM2MToken("orders"); host.Services.AddHttpClient("reports").{|#0:AddCognitoM2MToken|}("billing");""")]
    [InlineData("HttpClient 'reports'", """new Host().Configure(own => own.AddHttpClient("reports").AddCognitoM2MToken("orders").{|#0:AddCognitoM2MToken|}("billing"));""")]
    [InlineData("this HttpClient", """IHttpClientBuilder http; http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); http.{|#0:AddCognitoM2MToken|}("billing");""")]
    public async Task Second_token_in_the_same_container_is_reported(string client, string statements)
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

    [Theory]
    [InlineData("""var a = new ServiceCollection(); var b = new ServiceCollection(); a.AddHttpClient("reports").AddCognitoM2MToken("orders"); b.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""var a = new ServiceCollection(); var b = new ServiceCollection(); a.AddCognitoM2MClient("orders", configuration.GetSection("a")); b.AddCognitoM2MClient("orders", configuration.GetSection("b"));""")]
    [InlineData("""var a = new ServiceCollection(); var b = new ServiceCollection(); a.AddHttpClient<Reports>().AddCognitoM2MToken("orders"); b.AddHttpClient<Reports>().AddCognitoM2MToken("billing");""")]
    [InlineData("""new ServiceCollection().AddHttpClient("reports").AddCognitoM2MToken("orders"); new ServiceCollection().AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""var a = new Host(); var b = new Host(); a.Services.AddHttpClient("reports").AddCognitoM2MToken("orders"); b.Services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""var a = new Host(); a.Services.AddHttpClient("reports").AddCognitoM2MToken("orders"); a.Inner.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""IServiceCollection[] all = [new ServiceCollection(), new ServiceCollection()]; all[0].AddHttpClient("reports").AddCognitoM2MToken("orders"); all[1].AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""var a = services.AddHttpClient("reports").AddCognitoM2MToken("orders"); a.Services.AddHttpClient("audit").Services.Copy().AddHttpClient(args[0]).AddCognitoM2MToken("billing");""")]
    [InlineData("""services.AddHttpClient(args[0]).AddCognitoM2MToken("orders").Services.AddHttpClient(args[1]).AddCognitoM2MToken("billing");""")]
    public async Task Tokens_in_two_containers_are_accepted(string statements)
    {
        await Analysis<SecondTokenAnalyzer>.ReportsNothingAsync(statements, Types);
    }

    [Theory]
    [InlineData("""new Host().Configure(own => own.AddHttpClient("reports").AddCognitoM2MToken("orders")); new Host().Configure(own => own.AddHttpClient("reports").AddCognitoM2MToken("billing"));""")]
    [InlineData("""Action<int> a = _ => services.AddHttpClient("reports").AddCognitoM2MToken("orders"), b = _ => services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""Action a = () => services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""_ = args.Length > 0 && services.AddHttpClient("reports").AddCognitoM2MToken("orders") is null || services.AddHttpClient("reports").AddCognitoM2MToken("billing") is null;""")]
    [InlineData("""IHttpClientBuilder? http = null; _ = http ?? services.AddHttpClient("reports").AddCognitoM2MToken("orders"); http ??= services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""_ = from name in args select services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    public async Task Second_token_is_accepted_if_one_of_the_two_expressions_may_be_skipped(string statements)
    {
        await Analysis<SecondTokenAnalyzer>.ReportsNothingAsync(statements, Types);
    }

    [Theory]
    [InlineData("""var http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); http = services.AddHttpClient("audit"); http.AddCognitoM2MToken("billing");""")]
    [InlineData("""var http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); (http, _) = (services.AddHttpClient("audit"), 1); http.AddCognitoM2MToken("billing");""")]
    [InlineData("""var http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); Change(ref http); http.AddCognitoM2MToken("billing"); void Change(ref IHttpClientBuilder other) => other = services.AddHttpClient("audit");""")]
    [InlineData("""var http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); Next(); http.AddCognitoM2MToken("billing"); void Next() => http = services.AddHttpClient("audit");""")]
    [InlineData("""var http = services.AddHttpClient("reports"); http.AddCognitoM2MToken("orders"); http = http.Services.AddHttpClient("audit"); http.AddCognitoM2MToken("billing");""")]
    [InlineData("""services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services = new ServiceCollection(); services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""var host = new Host(); host.Services.AddHttpClient("reports").AddCognitoM2MToken("orders"); host.Services = new ServiceCollection(); host.Services.AddHttpClient("reports").AddCognitoM2MToken("billing");""")]
    [InlineData("""void Add(IHttpClientBuilder http) { http.AddCognitoM2MToken("orders"); http = services.AddHttpClient("audit"); http.AddCognitoM2MToken("billing"); }""")]
    public async Task Token_on_a_variable_that_has_got_another_value_is_accepted(string statements)
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
        class Host
        {
            public IServiceCollection Services { get; set; } = new ServiceCollection();
            public IServiceCollection Inner { get; } = new ServiceCollection();
            public Host Configure(Action<IServiceCollection> configure) => this;
        }
        static class Copies { public static IServiceCollection Copy(this IServiceCollection services) => new ServiceCollection(); }
        static class OwnRegistration { public static IHttpClientBuilder AddOwnClient(this IServiceCollection services) => services.AddHttpClient(Guid.NewGuid().ToString()); }
        """;
}
