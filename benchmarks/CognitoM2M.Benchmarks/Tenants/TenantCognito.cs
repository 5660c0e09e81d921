using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;

namespace CognitoM2M.Benchmarks.Tenants;

/// <summary>A token endpoint that responds at once, with tokens of the usual length of Cognito's tokens.</summary>
internal sealed class TenantCognito(TimeSpan lifetime) : HttpMessageHandler
{
    public const int TokenLength = 1024;

    private static readonly string _start =
        $"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{Base64Url.EncodeToString("""{"scope":"orders/read orders/write","token_use":"access"}"""u8)}.";

    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = _start + (++Requests).ToString(CultureInfo.InvariantCulture).PadLeft(TokenLength - _start.Length, 'A');
        var body = $$"""{"access_token":"{{token}}","expires_in":{{(int)lifetime.TotalSeconds}},"token_type":"Bearer"}""";
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) });
    }

#pragma warning disable CA2215 // The base is not called on purpose.
    protected override void Dispose(bool disposing)
#pragma warning restore CA2215
    {
        // The client factory disposes handlers every few minutes, but this handler must stay in use.
    }
}
