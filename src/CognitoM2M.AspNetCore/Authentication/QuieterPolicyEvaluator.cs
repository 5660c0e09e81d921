using CognitoM2M.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Evaluates policies as the framework does. If nobody has authenticated the request because its token was rejected, the line that the framework writes
/// about requirements that are not met has the level Debug: <see cref="AnswerLog"/> says why.
/// </summary>
/// <param name="inner">The evaluator of the framework.</param>
/// <param name="frameworkService">The authorization service of the framework, as it was registered.</param>
/// <param name="services">The services of the request.</param>
internal sealed class QuieterPolicyEvaluator(IPolicyEvaluator inner, ServiceDescriptor frameworkService, IServiceProvider services) : IPolicyEvaluator
{
    /// <summary>Puts this evaluator around the evaluator of the framework. An evaluator or an authorization service of the application stays as it is.</summary>
    public static void Register(IServiceCollection services)
    {
        var service = Find(services, typeof(IAuthorizationService));
        if (Find(services, typeof(IPolicyEvaluator)).ImplementationType != typeof(PolicyEvaluator)
            || service.ImplementationType?.Assembly != typeof(DefaultAuthorizationService).Assembly)
        {
            return;
        }

        services.Replace(ServiceDescriptor.Transient<IPolicyEvaluator>(
            provider => new QuieterPolicyEvaluator(new PolicyEvaluator(provider.GetRequiredService<IAuthorizationService>()), service, provider)));
    }

    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) => inner.AuthenticateAsync(policy, context);

    public Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource)
    {
        var isRejected = !authenticationResult.Succeeded && RequestVerdicts.Find(context) is { IsRejected: true };
        var evaluator = isRejected ? CreateQuieter() ?? inner : inner;
        return evaluator.AuthorizeAsync(policy, authenticationResult, context, resource);
    }

    private static ServiceDescriptor Find(IServiceCollection services, Type type) => services.Last(service => service.ServiceType == type && !service.IsKeyedService);

    // Null if the application registered an authorization service of its own later.
    private PolicyEvaluator? CreateQuieter() =>
        services.GetRequiredService<IAuthorizationService>().GetType() == frameworkService.ImplementationType
            ? new PolicyEvaluator((IAuthorizationService)ActivatorUtilities.CreateInstance(
                services,
                frameworkService.ImplementationType!,
                new LoweredLogger<DefaultAuthorizationService>(services.GetRequiredService<ILogger<DefaultAuthorizationService>>())))
            : null;
}
