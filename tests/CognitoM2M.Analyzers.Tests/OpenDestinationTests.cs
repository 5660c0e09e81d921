namespace CognitoM2M.Analyzers.Tests;

public sealed class OpenDestinationTests
{
    [Theory]
    [InlineData("client 'orders'", """services.{|#0:AddCognitoM2MClient|}("orders", options => { options.Domain = "acme"; options.ClientId = "abc"; });""")]
    [InlineData("client 'orders'", """services.{|#0:AddCognitoM2MClient|}("orders", options => { options.ClientId = "abc"; options.UseParameterStore("/acme/orders"); });""")]
    [InlineData("client 'orders'", """services.{|#0:AddCognitoM2MClient|}("orders", delegate(CognitoM2MClientOptions options) { options.ClientId = "abc"; }).UseDistributedCache();""")]
    [InlineData("this client", """foreach (var name in args) services.{|#0:AddCognitoM2MClient|}(name, options => options.ClientId = name);""")]
    public async Task Options_in_code_without_a_destination_are_reported(string client, string statements)
    {
        await Analysis<OpenDestinationAnalyzer>.ReportsAsync(client, statements);
    }

    [Theory]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; options.BaseAddress = new Uri("https://api.example.com/"); });""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; options.AllowedHosts = ["api.example.com"]; });""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; options.AllowedHosts.Add("api.example.com"); });""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; options.AllowAnyHost = true; });""")]
    public async Task Options_with_a_destination_are_accepted(string statements)
    {
        await Analysis<OpenDestinationAnalyzer>.ReportsNothingAsync(statements);
    }

    [Theory]
    [InlineData("""services.AddCognitoM2MClient("orders", configuration.GetSection("CognitoM2M:Clients:orders"));""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ReplayAfterRejection = false);""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; configuration.Bind(options); });""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; Configure(options); }); static void Configure(CognitoM2MClientOptions options) { }""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { options.ClientId = "abc"; var same = options; same.BaseAddress = null; });""")]
    [InlineData("""services.AddCognitoM2MClient("orders", Configure); static void Configure(CognitoM2MClientOptions options) => options.ClientId = "abc";""")]
    [InlineData("""Open(); services.AddCognitoM2MClient("orders", options => options.AllowAnyHost = true); void Open() => services.AddCognitoM2MClient("orders", options => options.ClientId = "abc");""")]
    [InlineData("""Open(); services.PostConfigureAll<CognitoM2MClientOptions>(options => options.AllowAnyHost = true); void Open() => services.AddCognitoM2MClient("orders", options => options.ClientId = "abc");""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientId = "abc"); services.ConfigureOptions<Destinations>();""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientId = "abc"); services.AddSingleton<IConfigureOptions<CognitoM2MClientOptions>>(new Destinations());""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientId = "abc"); services.AddSingleton<IConfigureOptions<CognitoM2MClientOptions>, Destinations>();""")]
    public async Task Options_that_other_code_or_configuration_may_set_are_accepted(string statements)
    {
        await Analysis<OpenDestinationAnalyzer>.ReportsNothingAsync(
            statements, "class Destinations : IConfigureOptions<CognitoM2MClientOptions> { public void Configure(CognitoM2MClientOptions options) => options.AllowAnyHost = true; }");
    }

    [Fact]
    public async Task Destination_of_another_client_does_not_count()
    {
        await Analysis<OpenDestinationAnalyzer>.ReportsAsync(
            "client 'orders'",
            """
            services.{|#0:AddCognitoM2MClient|}("orders", options => options.ClientId = "abc");
            services.AddCognitoM2MClient("billing", options => options.AllowAnyHost = true);
            services.AddSingleton<IReadOnlyList<IOptions<CognitoM2MClientOptions>>>([]);
            """);
    }

    [Fact]
    public async Task Test_may_leave_the_destination_open()
    {
        await Analysis<OpenDestinationAnalyzer>.ReportsNothingAsync("""services.AddCognitoM2MClient("orders", options => options.ClientId = "abc");""", "", "xunit.core");
    }
}
