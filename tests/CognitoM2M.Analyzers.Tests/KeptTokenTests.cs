namespace CognitoM2M.Analyzers.Tests;

public sealed class KeptTokenTests
{
    [Theory]
    [InlineData("the field '_token'", "CognitoAccessToken? _token; async Task Run() { {|#0:_token = await tokens.GetTokenAsync(\"orders\")|}; }")]
    [InlineData("the field '_token'", "CognitoAccessToken? _token; async Task<CognitoAccessToken> Run() => {|#0:_token ??= await tokens.GetTokenAsync(\"orders\").ConfigureAwait(false)|};")]
    [InlineData("the field '_token'", "string? _token; async Task Run() { {|#0:_token = (await tokens.GetTokenAsync(\"orders\")).Value|}; }")]
    [InlineData("the field '_token'", "string? _token; async Task Run() { var token = await tokens.GetTokenAsync(\"orders\"); {|#0:this._token = token.Value|}; }")]
    [InlineData("the field '_token'", "static string? _token; async Task Run() { var text = (await tokens.GetTokenAsync(\"orders\")).Value; {|#0:_token = $\"Bearer {text}\"|}; }")]
    [InlineData("the field '_token'", "string? _token; void Run() { {|#0:_token = \"Bearer \" + tokens.GetTokenAsync(\"orders\").AsTask().Result.Value|}; }")]
    [InlineData("the field '_token'", "string? _token; void Run() { {|#0:_token = tokens.GetTokenAsync(\"orders\").AsTask().GetAwaiter().GetResult().Value|}; }")]
    [InlineData("the field '_header'", "AuthenticationHeaderValue? _header; async Task Run() { var token = await tokens.GetTokenAsync(\"orders\"); {|#0:_header = new AuthenticationHeaderValue(token.TokenType, token.Value)|}; }")]
    [InlineData("the field '_token'", "Task<CognitoAccessToken>? _token; void Run() { {|#0:_token = tokens.GetTokenAsync(\"orders\").AsTask()|}; }")]
    [InlineData("the field '_token'", "Lazy<Task<CognitoAccessToken>>? _token; void Run() { {|#0:_token = new Lazy<Task<CognitoAccessToken>>(() => tokens.GetTokenAsync(\"orders\").AsTask())|}; }")]
    [InlineData("the field '_tokens'", "readonly Dictionary<string, CognitoAccessToken> _tokens = []; async Task Run() { {|#0:_tokens[\"orders\"] = await tokens.GetTokenAsync(\"orders\")|}; }")]
    [InlineData("the property 'Token'", "CognitoAccessToken? Token { get; set; } async Task Run() { {|#0:Token = await tokens.GetTokenAsync(\"orders\")|}; }")]
    [InlineData("the field '_token'", "CognitoAccessToken? _token; async Task Run(CognitoM2MClient client) { {|#0:_token = await client.GetTokenAsync()|}; }")]
    [InlineData("the field '_token'", "CognitoAccessToken? _token; async Task Run(OwnProvider own) { {|#0:_token = await own.GetTokenAsync(\"orders\")|}; }")]
    [InlineData("the field '_token'", "readonly Task<CognitoAccessToken> _token = {|#0:tokens.GetTokenAsync(\"orders\").AsTask()|};")]
    [InlineData("the property 'Token'", "Task<CognitoAccessToken> Token { get; } = {|#0:tokens.GetTokenAsync(\"orders\").AsTask()|};")]
    public async Task Token_in_a_field_or_property_is_reported(string place, string members)
    {
        await Analysis<KeptTokenAnalyzer>.ReportsAsync(place, "", CreateType(members));
    }

    [Theory]
    [InlineData("HttpClient http", "var token = await tokens.GetTokenAsync(\"orders\"); {|#0:http.DefaultRequestHeaders.Authorization = new(\"Bearer\", token.Value)|};")]
    [InlineData("HttpClient http", "var token = await tokens.GetTokenAsync(\"orders\"); {|#0:http.DefaultRequestHeaders.Add(\"Authorization\", $\"Bearer {token.Value}\")|};")]
    [InlineData("HttpClient http", "var token = await tokens.GetTokenAsync(\"orders\"); {|#0:http.DefaultRequestHeaders.TryAddWithoutValidation(\"authorization\", token.TokenType + ' ' + token.Value)|};")]
    [InlineData("", "var token = await tokens.GetTokenAsync(\"orders\"); var http = new HttpClient { DefaultRequestHeaders = { {|#0:Authorization = new(\"Bearer\", token.Value)|} } };")]
    [InlineData("", "var token = await tokens.GetTokenAsync(\"orders\"); var http = new HttpClient(); {|#0:http.DefaultRequestHeaders.Authorization = new(\"Bearer\", token.Value)|};")]
    public async Task Token_in_the_default_headers_of_an_HttpClient_is_reported(string parameters, string statements)
    {
        await Analysis<KeptTokenAnalyzer>.ReportsAsync(
            "the default headers of an HttpClient", "", CreateType($"async Task Run({parameters}) {{ {statements} }}"));
    }

    [Theory]
    [InlineData("{|#0:services.AddSingleton(await tokens.GetTokenAsync(\"orders\"))|};")]
    [InlineData("{|#0:services.AddSingleton<Task<CognitoAccessToken>>(provider => provider.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync(\"orders\").AsTask())|};")]
    public async Task Token_as_a_singleton_is_reported(string statements)
    {
        await Analysis<KeptTokenAnalyzer>.ReportsAsync("a singleton of the container", statements);
    }

    [Theory]
    [InlineData("async Task Run() { var token = await tokens.GetTokenAsync(\"orders\"); Console.WriteLine(token.ExpiresAt); }")]
    [InlineData("DateTimeOffset _expiresAt; async Task Run() { _expiresAt = (await tokens.GetTokenAsync(\"orders\")).ExpiresAt; }")]
    [InlineData("int _length; async Task Run() { _length = (await tokens.GetTokenAsync(\"orders\")).Value.Length; }")]
    [InlineData("async Task Run(HttpRequestMessage request) { request.Headers.Authorization = new(\"Bearer\", (await tokens.GetTokenAsync(\"orders\")).Value); }")]
    [InlineData("async Task Run(Connection connection) { connection.Password = (await tokens.GetTokenAsync(\"orders\")).Value; }")]
    [InlineData("async Task<Connection> Run() => new Connection { Password = (await tokens.GetTokenAsync(\"orders\")).Value };")]
    [InlineData("Func<Task<string>>? _get; void Run() { _get = async () => (await tokens.GetTokenAsync(\"orders\")).Value; }")]
    [InlineData("CognitoAccessToken? _used; Func<Task<string>> Run() => async () => (_used = await tokens.GetTokenAsync(\"orders\")).Value; Task Report() => tokens.ReplaceRejectedTokenAsync(\"orders\", _used!).AsTask();")]
    [InlineData("async Task Run() { using var http = new HttpClient(); http.DefaultRequestHeaders.Authorization = new(\"Bearer\", (await tokens.GetTokenAsync(\"orders\")).Value); }")]
    [InlineData("async Task Run(IHttpClientFactory factory) { var http = factory.CreateClient(); http.DefaultRequestHeaders.Authorization = new(\"Bearer\", (await tokens.GetTokenAsync(\"orders\")).Value); }")]
    [InlineData("void Run(HttpClient http) { http.DefaultRequestHeaders.Authorization = new(\"Basic\", \"abc\"); http.DefaultRequestHeaders.Add(\"Accept\", \"text/plain\"); }")]
    [InlineData("string? _token; void Run() { var a = _token; var b = a; _token = b; }")]
    [InlineData("CognitoAccessToken? _token; async Task Run(Other other) { _token = await other.GetTokenAsync(); }")]
    public async Task Token_that_is_used_at_once_is_accepted(string members)
    {
        await Analysis<KeptTokenAnalyzer>.ReportsNothingAsync("", CreateType(members));
    }

    [Fact]
    public async Task Test_may_keep_a_token()
    {
        await Analysis<KeptTokenAnalyzer>.ReportsNothingAsync(
            "", CreateType("CognitoAccessToken? _token; async Task Run() { _token = await tokens.GetTokenAsync(\"orders\"); }"), "xunit.core");
    }

    private static string CreateType(string members) => $$"""
        class Service(ICognitoTokenProvider tokens) { {{members}} }
        class Connection { public string? Password { get; set; } }
        class Other { public Task<CognitoAccessToken> GetTokenAsync() => null!; }
        class OwnProvider : ICognitoTokenProvider
        {
            public ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CancellationToken cancellationToken = default) => default;
            public ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CognitoTokenRequest? request, CancellationToken cancellationToken = default) => default;
            public ValueTask<CognitoAccessToken?> ReplaceRejectedTokenAsync(
                string clientName, CognitoAccessToken rejectedToken, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default) => default;
        }
        """;
}
