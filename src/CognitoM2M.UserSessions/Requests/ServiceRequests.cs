using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>Makes requests to the user pools API: AWS JSON 1.1, unsigned.</summary>
internal static class ServiceRequests
{
    /// <param name="address">The address of the API.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="step">The step of the session.</param>
    /// <param name="secrets">The secrets in the body, which no message may show.</param>
    /// <param name="writeBody">Writes the members of the body.</param>
    public static SessionRequest Create(Uri address, string operation, SessionStep step, IReadOnlyList<string> secrets, Action<Utf8JsonWriter> writeBody) => new()
    {
        Operation = operation,
        Step = step,
        Quota = RequestQuota.Find(operation)!,
        Secrets = secrets,
        Create = () => CreateMessage(address, operation, writeBody),
        ReadError = JsonApiError.Read,
    };

    private static HttpRequestMessage CreateMessage(Uri address, string operation, Action<Utf8JsonWriter> writeBody)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeBody(json);
            json.WriteEndObject();
        }

        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(buffer.WrittenSpan.ToArray()) };
        message.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return message;
    }
}
