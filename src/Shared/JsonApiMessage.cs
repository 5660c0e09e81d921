using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CognitoM2M.Shared;

/// <summary>A request to the user pools API (AWS JSON 1.1) without a signature.</summary>
internal static class JsonApiMessage
{
    /// <param name="endpoint">The address of the API.</param>
    /// <param name="operation">The operation, such as <c>InitiateAuth</c>.</param>
    /// <param name="writeMembers">Writes the members of the input.</param>
    public static HttpRequestMessage Create(Uri endpoint, string operation, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(buffer.WrittenSpan.ToArray()) };
        message.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return message;
    }
}
