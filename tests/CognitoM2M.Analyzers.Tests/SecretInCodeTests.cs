namespace CognitoM2M.Analyzers.Tests;

public sealed class SecretInCodeTests
{
    [Theory]
    [InlineData("ClientSecret", """services.AddCognitoM2MClient("orders", options => options.ClientSecret = {|#0:"1a2b3c"|});""")]
    [InlineData("Password", """services.AddCognitoM2MClient("orders", options => { options.Password = {|#0:"Passw0rd!"|}; });""")]
    [InlineData("ClientSecret", """var options = new CognitoM2MClientOptions { ClientId = "abc", ClientSecret = {|#0:"1a2b3c"|} };""")]
    [InlineData("ClientSecret", """var options = new CognitoUserSessionsOptions { ClientSecret = {|#0:"1a2b3c"|} };""")]
    [InlineData("ClientSecret", """const string Secret = "1a" + "2b"; var options = new CognitoM2MClientOptions { ClientSecret = {|#0:Secret|} };""")]
    [InlineData("ClientSecret", """var secret = "1a2b"; var options = new CognitoM2MClientOptions { ClientSecret = {|#0:secret|} };""")]
    [InlineData("ClientSecret", """var options = new CognitoM2MClientOptions { ClientSecret = {|#0:configuration["Secret"] ?? "1a2b"|} };""")]
    [InlineData("ClientSecret", """var options = new CognitoM2MClientOptions(); options.ClientSecret ??= {|#0:"1a2b"|};""")]
    [InlineData("ClientSecret", """var options = new CognitoM2MClientOptions { ClientSecret = {|#0:args.Length > 0 ? args[0] : "1a2b"|} };""")]
    [InlineData("Password", """var options = new CognitoM2MClientOptions { Password = {|#0:$"Passw0rd!"|} };""")]
    [InlineData("password", """CognitoUserSessions sessions = null!; await sessions.SignInAsync("ann", {|#0:"Passw0rd!"|});""")]
    [InlineData("The secret", """var source = CognitoSecretSource.From((_, _) => ValueTask.FromResult({|#0:"1a2b3c"|}));""")]
    [InlineData("The secret", """var source = CognitoSecretSource.From((_, _) => new ValueTask<string>({|#0:"1a2b3c"|}));""")]
    [InlineData("The secret", """var source = CognitoSecretSource.From(async (_, _) => { await Task.Yield(); return {|#0:"1a2b3c"|}; });""")]
    public async Task Secret_in_the_code_is_reported(string name, string statements)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsAsync(name, statements);
    }

    [Theory]
    [InlineData("ClientSecret", """configuration["CognitoM2M:Clients:orders:ClientSecret"] = {|#0:"1a2b3c"|};""")]
    [InlineData("Password", """configuration["cognitom2m:clients:robots:password"] = {|#0:"Passw0rd!"|};""")]
    [InlineData("ClientSecret", """var settings = new Dictionary<string, string?> { ["CognitoM2M:Clients:orders:ClientSecret"] = {|#0:"1a2b3c"|} };""")]
    [InlineData("ClientSecret", """var settings = new Dictionary<string, string?> { { "CognitoM2M:Clients:orders:ClientSecret", {|#0:"1a2b3c"|} } };""")]
    [InlineData("ClientSecret", """var setting = new KeyValuePair<string, string?>("CognitoM2M:Clients:orders:ClientSecret", {|#0:"1a2b3c"|});""")]
    [InlineData("ClientSecret", """Environment.SetEnvironmentVariable("CognitoM2M__Clients__orders__ClientSecret", {|#0:"1a2b3c"|});""")]
    public async Task Secret_in_a_configuration_that_stands_in_the_code_is_reported(string name, string statements)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsAsync(name, statements);
    }

    [Fact]
    public async Task Secret_in_a_read_only_field_is_reported()
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsAsync(
            "ClientSecret", "", """class Settings { static readonly string Secret = "1a2b3c"; void Set(CognitoM2MClientOptions options) => options.ClientSecret = {|#0:Secret|}; }""");
    }

    [Theory]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientSecret = configuration["Secret"]);""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientSecret = Environment.GetEnvironmentVariable("SECRET"));""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientSecretFile = "/run/secrets/orders");""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientSecretSource = CognitoSecretSource.FromFile("/run/secrets/orders"));""")]
    [InlineData("""services.AddCognitoM2MClient("orders", options => options.ClientId = "1example23456789");""")]
    [InlineData("""var options = new CognitoM2MClientOptions { ClientSecret = "", Password = null };""")]
    [InlineData("""var options = new CognitoM2MClientOptions { ClientSecret = configuration["Secret"] ?? "" };""")]
    [InlineData("""var secret = ""; if (args.Length > 0) secret = args[0]; var options = new CognitoM2MClientOptions { ClientSecret = secret };""")]
    [InlineData("""configuration["CognitoM2M:Clients:orders:ClientId"] = "1example23456789";""")]
    [InlineData("""configuration["CognitoM2M:Clients:orders:ClientSecretFile"] = "/run/secrets/orders";""")]
    [InlineData("""configuration["CognitoM2M:Clients:orders:ClientSecret"] = configuration["Secret"];""")]
    [InlineData("""configuration["Database:Password"] = "of another library";""")]
    [InlineData("""CognitoUserSessions sessions = null!; await sessions.SignInAsync("ann", Console.ReadLine()!);""")]
    [InlineData("""var source = CognitoSecretSource.From((name, _) => ValueTask.FromResult(configuration[name]!));""")]
    public async Task Secret_from_outside_of_the_code_is_accepted(string statements)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync(statements);
    }

    [Fact]
    public async Task Properties_of_other_types_are_not_looked_at()
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync(
            """var other = new Other { ClientSecret = "1a2b3c", Password = "Passw0rd!" };""",
            "class Other { public string? ClientSecret { get; set; } public string? Password { get; set; } }");
    }

    [Theory]
    [InlineData("xunit.core")]
    [InlineData("CognitoM2M.Emulator")]
    public async Task Tests_and_programs_with_the_emulator_may_have_secrets_in_their_code(string reference)
    {
        const string Statements = """services.AddCognitoM2MClient("orders", options => options.ClientSecret = "local_development_secret_1");""";

        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync(Statements, "", reference);
    }
}
