using Flurl.Http;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using RestSharp;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>Libraries that take an HttpClient. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class HttpLibraryCalls
{
    public static RestClient CreateRestSharp(IHttpClientFactory httpClients) => new(httpClients.CreateClient("orders"));

    public static FlurlClient CreateFlurl(IHttpClientFactory httpClients) => new(httpClients.CreateClient("orders"));

    public static HttpClientRequestAdapter CreateKiota(IHttpClientFactory httpClients) =>
        new(new AnonymousAuthenticationProvider(), httpClient: httpClients.CreateClient("orders"));
}
