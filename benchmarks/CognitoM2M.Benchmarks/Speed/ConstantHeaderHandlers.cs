using System.Net.Http.Headers;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>The cheapest way to attach a token: a constant text as the header. No cache, no renewal, no checks.</summary>
internal sealed class ConstantTextHandler : DelegatingHandler
{
    private readonly string _header = $"Bearer {SampleToken.Value}";

    public ConstantTextHandler()
    {
    }

    public ConstantTextHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("Authorization", _header);
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Attaches a constant header object, as most code does.</summary>
internal sealed class ConstantObjectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly AuthenticationHeaderValue _header = new("Bearer", SampleToken.Value);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _header;
        return base.SendAsync(request, cancellationToken);
    }
}
