using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>Transforms that put the token on forwarded requests. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class YarpTransforms
{
    public static void Add(TransformBuilderContext transforms, string clientName)
    {
        var tokens = transforms.Services.GetRequiredService<ICognitoTokenProvider>();
        transforms.AddRequestTransform(async context =>
        {
            var token = await tokens.GetTokenAsync(clientName, context.CancellationToken);
            context.HttpContext.Items[typeof(CognitoAccessToken)] = token;
            context.ProxyRequest.Headers.Authorization = new("Bearer", token.Value);
        });
        transforms.AddResponseTransform(async context =>
        {
            if (context.ProxyResponse?.StatusCode == HttpStatusCode.Unauthorized
                && context.HttpContext.Items[typeof(CognitoAccessToken)] is CognitoAccessToken token)
                await tokens.ReplaceRejectedTokenAsync(clientName, token, cancellationToken: context.CancellationToken);
        });
    }
}
