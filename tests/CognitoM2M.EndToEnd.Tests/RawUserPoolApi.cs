using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CognitoM2M.Emulator;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>Calls the user pools API of an emulator as any other tool does.</summary>
internal sealed class RawUserPoolApi(CognitoEmulator cognito) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = cognito.BaseAddress };

    public async Task<JsonElement> CallAsync(string operation, object input)
    {
        using var content = JsonContent.Create(input, options: JsonSerializerOptions.Default);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        using var response = await _http.PostAsync(new Uri("/", UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{operation}: {body}");
        return body.Length == 0 ? default : JsonElement.Parse(body);
    }

    public void Dispose() => _http.Dispose();
}
