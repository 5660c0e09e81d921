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

    [Theory]
    [InlineData("""var secret = "1a2b"; if (args.Length > 0) secret = args[0]; options.ClientSecret = {|#0:secret|};""")]
    [InlineData("""var secret = "1a2b"; try { secret = args[0]; } catch (IndexOutOfRangeException) { } options.ClientSecret = {|#0:secret|};""")]
    [InlineData("""var secret = "1a2b"; options.ClientSecret = {|#0:secret|}; secret = args[0];""")]
    [InlineData("""var secret = " 1a2b "; secret = secret.Trim(); options.ClientSecret = {|#0:secret|};""")]
    [InlineData("""var secret = args[0]; secret = "1a2b"; options.ClientSecret = {|#0:secret|};""")]
    [InlineData("""var secret = "none"; if (args.Length == 0) secret = "1a2b"; else secret = args[0]; options.ClientSecret = {|#0:secret|};""")]
    public async Task Text_that_may_be_the_value_of_an_assigned_variable_is_reported(string statements)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsAsync("ClientSecret", $"var options = new CognitoM2MClientOptions(); {statements}");
    }

    [Theory]
    [InlineData("""var secret = "1a2b"; secret = args[0]; options.ClientSecret = secret;""")]
    [InlineData("""var secret = "1a2b"; if (args.Length > 0) secret = args[0]; else secret = configuration["Secret"]!; options.ClientSecret = secret;""")]
    [InlineData("""var secret = "1a2b"; using (var file = new System.IO.StringReader("")) { secret = file.ReadToEnd(); } options.ClientSecret = secret;""")]
    [InlineData("""var secret = "1a2b"; (secret, _) = (args[0], 1); options.ClientSecret = secret;""")]
    [InlineData("""var secret = "1a2b"; new Dictionary<string, string>().TryGetValue("a", out secret!); options.ClientSecret = secret;""")]
    [InlineData("""var secret = "1a2b"; Read(ref secret); options.ClientSecret = secret; static void Read(ref string to) => to = Console.ReadLine()!;""")]
    [InlineData("""var secret = "1a2b"; Read(); options.ClientSecret = secret; void Read() => secret = Console.ReadLine()!;""")]
    [InlineData("""var secret = "1a2b"; services.AddCognitoM2MClient("orders", late => late.ClientSecret = secret); secret = args[0];""")]
    [InlineData("""var secret = "1a2b"; secret = args[0]; services.AddCognitoM2MClient("orders", late => { late.ClientSecret = secret; });""")]
    [InlineData("""var secret = "1a2b"; secret = "2b3c"; secret = args[0]; options.ClientSecret = secret;""")]
    [InlineData("""var secret = "1a2b"; secret = args[0]; configuration["CognitoM2M:Clients:orders:ClientSecret"] = secret;""")]
    [InlineData("""string a = "1a", b = a; a = b; b = a; options.ClientSecret = b;""")]
    public async Task Variable_with_another_value_than_its_text_is_accepted(string statements)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync($"var options = new CognitoM2MClientOptions(); {statements}");
    }

    [Theory]
    [InlineData("""readonly string _secret = "1a2b3c"; Settings() => _secret = Console.ReadLine()!;""")]
    [InlineData("""static readonly string _secret = "1a2b3c"; static Settings() { (_secret, _) = (Console.ReadLine()!, 1); }""")]
    [InlineData("""readonly string _secret = "1a2b3c"; Settings() { Read(out this._secret); } static void Read(out string to) => to = Console.ReadLine()!;""")]
    public async Task Field_that_a_constructor_assigns_is_accepted(string members)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync("", $"class Settings {{ {members} void Set(CognitoM2MClientOptions options) => options.ClientSecret = _secret; }}");
    }

    [Fact]
    public async Task Read_only_field_with_the_name_of_the_setting_is_reported()
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsAsync("ClientSecret", "", """
            class Settings
            {
                static readonly string ClientSecret = "1a2b3c";
                void Set(CognitoM2MClientOptions options) => options.ClientSecret = {|#0:ClientSecret|};
                CognitoUserSessionsOptions Create() => new() { ClientId = "abc" };
            }
            """);
    }

    [Theory]
    [InlineData("***")]
    [InlineData("...")]
    [InlineData("${ORDERS_SECRET}")]
    [InlineData("$(OrdersSecret)")]
    [InlineData("%ORDERS_SECRET%")]
    [InlineData("{{ orders-secret }}")]
    [InlineData("#{OrdersSecret}#")]
    [InlineData("__OrdersSecret__")]
    [InlineData("<client secret>")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/orders)")]
    [InlineData("ORDERS_CLIENT_SECRET")]
    [InlineData("placeholder")]
    [InlineData("change-me")]
    [InlineData("your client secret")]
    [InlineData("(from the environment)")]
    public async Task Placeholder_is_accepted(string text)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync($$"""
            var settings = new Dictionary<string, string?> { ["CognitoM2M:Clients:orders:ClientSecret"] = "{{text}}" };
            var setting = new KeyValuePair<string, string?>("CognitoM2M:Clients:orders:ClientSecret", Environment.GetEnvironmentVariable("SECRET") ?? "{{text}}");
            var options = new CognitoM2MClientOptions { ClientSecret = "{{text}}" };
            """);
    }

    [Theory]
    [InlineData("1a2b3c4d5e6f7g8h9i0j")]
    [InlineData("local_development_secret_1")]
    [InlineData("<1a2b")]
    [InlineData("changed1a2b")]
    [InlineData("ABCDEF123")]
    public async Task Text_that_only_resembles_a_placeholder_is_reported(string text)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsAsync("ClientSecret", $$"""
            var settings = new Dictionary<string, string?> { ["CognitoM2M:Clients:orders:ClientSecret"] = {|#0:"{{text}}"|} };
            """);
    }

    [Theory]
    [InlineData("""_ = string.Equals("CognitoM2M:Clients:orders:ClientSecret", "Clients:orders");""")]
    [InlineData("""_ = args[0].Replace("CognitoM2M:Clients:orders:ClientSecret", "hidden by the log");""")]
    [InlineData("""throw new ArgumentException("CognitoM2M:Clients:orders:ClientSecret", "clientName");""")]
    [InlineData("""Console.WriteLine("CognitoM2M:Clients:orders:ClientSecret", "is missing");""")]
    public async Task Text_beside_a_key_that_is_no_value_is_accepted(string statements)
    {
        await Analysis<SecretInCodeAnalyzer>.ReportsNothingAsync(statements);
    }

    [Fact]
    public async Task Secret_in_a_property_of_another_type_is_not_reported()
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
