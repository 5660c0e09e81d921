using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M;

/// <summary>Configures one app client and the HttpClient of the same name that carries its token. Returned by <c>AddCognitoM2MClient</c>.</summary>
public interface ICognitoM2MClientBuilder : IHttpClientBuilder;

/// <summary>The builder of one app client.</summary>
internal sealed class CognitoM2MClientBuilder(IHttpClientBuilder http) : ICognitoM2MClientBuilder
{
    public string Name => http.Name;

    public IServiceCollection Services => http.Services;
}
