using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Diagnostics;
using CognitoM2M.AspNetCore.Problems;
using CognitoM2M.AspNetCore.Requirements;
using CognitoM2M.AspNetCore.ResourceMetadata;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the authentication scheme for tokens of Amazon Cognito.</summary>
public static class CognitoM2MAuthenticationBuilderExtensions
{
    /// <summary>Accepts access tokens as the configuration section <c>Authentication:Schemes:CognitoM2M</c> says.</summary>
    /// <param name="builder">The builder that <c>AddAuthentication()</c> returns.</param>
    /// <inheritdoc cref="AddCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)" path="/remarks"/>
    public static AuthenticationBuilder AddCognitoM2M(this AuthenticationBuilder builder) =>
        builder.AddCognitoM2M(CognitoM2MAuthenticationDefaults.AuthenticationScheme);

    /// <summary>Accepts access tokens as the configuration section <c>Authentication:Schemes:{authenticationScheme}</c> says.</summary>
    /// <param name="builder">The builder that <c>AddAuthentication()</c> returns.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <inheritdoc cref="AddCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)" path="/remarks"/>
    public static AuthenticationBuilder AddCognitoM2M(this AuthenticationBuilder builder, string authenticationScheme) =>
        builder.Register(authenticationScheme, section: null, requiresSection: true, configure: null);

    /// <summary>Accepts access tokens of a Cognito user pool, under the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>.</summary>
    /// <inheritdoc cref="AddCognitoM2M(AuthenticationBuilder, string, Action{CognitoM2MAuthenticationOptions})"/>
    public static AuthenticationBuilder AddCognitoM2M(this AuthenticationBuilder builder, Action<CognitoM2MAuthenticationOptions> configure) =>
        builder.AddCognitoM2M(CognitoM2MAuthenticationDefaults.AuthenticationScheme, configure);

    /// <summary>Accepts access tokens of a Cognito user pool, under a scheme of another name.</summary>
    /// <param name="builder">The builder that <c>AddAuthentication()</c> returns.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">
    /// Sets the options. If the configuration section <c>Authentication:Schemes:{authenticationScheme}</c> exists, it is read first, so what this
    /// delegate sets wins.
    /// </param>
    /// <remarks>
    /// The options are checked when the host starts. All mistakes are reported together in an OptionsValidationException. If the section
    /// changes, the delegate runs again. A change that is not valid is logged and ignored.
    /// </remarks>
    public static AuthenticationBuilder AddCognitoM2M(
        this AuthenticationBuilder builder, string authenticationScheme, Action<CognitoM2MAuthenticationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Register(authenticationScheme, section: null, requiresSection: false, configure);
    }

    /// <summary>Accepts access tokens as a configuration section says, under the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>.</summary>
    /// <inheritdoc cref="AddCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)"/>
    public static AuthenticationBuilder AddCognitoM2M(this AuthenticationBuilder builder, IConfigurationSection section) =>
        builder.AddCognitoM2M(CognitoM2MAuthenticationDefaults.AuthenticationScheme, section);

    /// <summary>Accepts access tokens as a configuration section says, under a scheme of another name.</summary>
    /// <param name="builder">The builder that <c>AddAuthentication()</c> returns.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="section">The section. It is read instead of <c>Authentication:Schemes:{authenticationScheme}</c>.</param>
    /// <remarks>
    /// The section holds <c>UserPoolId</c>, and <c>ClientIds</c> or <c>"AllowAnyClient": true</c>. It may hold <c>Issuer</c>, <c>JwksUri</c>,
    /// <c>Jwks</c>, a list <c>UserPools</c> whose entries have these same settings, <c>AcceptedTokens</c>, <c>AcceptedCallers</c>, <c>AllOfScopes</c>, <c>AnyOfScopes</c>,
    /// <c>AllOfGroups</c>, <c>AnyOfGroups</c>, <c>PlainHttpHosts</c>,
    /// <c>ClockTolerance</c>, <c>MaxTokenLength</c>, <c>VerifiedTokenCacheSize</c>, <c>Realm</c>, <c>IncludeErrorDescription</c>,
    /// <c>LoadKeysAtStart</c>, <c>SaveToken</c>, <c>NameClaimType</c>, <c>RoleClaimType</c>, <c>Resource</c>, <c>ResourceName</c>,
    /// <c>AuthorizationServers</c> and <c>ScopesSupported</c>. All mistakes are reported together in an OptionsValidationException when the
    /// host starts. A change of the section takes effect with the next request. A change that is not valid is logged and ignored.
    /// </remarks>
    public static AuthenticationBuilder AddCognitoM2M(
        this AuthenticationBuilder builder, string authenticationScheme, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return builder.Register(authenticationScheme, section, requiresSection: true, configure: null);
    }

    /// <summary>Registers what every scheme needs that accepts Cognito's tokens: its verifier, the checks of its settings, and the scope policies.</summary>
    internal static void AddVerification(IServiceCollection services, RegisteredScheme scheme)
    {
        services.AddAuthorization();
        services.AddMetrics();
        if (services.All(service => service.ServiceType != typeof(RegisteredScheme)))
        {
            RequirementPolicyProvider.Register(services);
            QuieterPolicyEvaluator.Register(services);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, RegisteredSchemesHandler>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AnswerLog>();
        services.TryAddSingleton<LoweredLoggers>();
        services.AddSingleton(scheme);
        services.AddSingleton<IOptionsChangeTokenSource<CognitoM2MAuthenticationOptions>>(provider => new SchemeChanges(scheme, provider));
        services.TryAddSingleton<IOptionsFactory<CognitoM2MAuthenticationOptions>, LastValidOptions>();
        // The section is registered before the delegate of the user, so the values of the delegate win.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CognitoM2MAuthenticationOptions>, SchemeConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CognitoM2MAuthenticationOptions>, VerifierFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CognitoM2MAuthenticationOptions>, AuthenticationOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeySetLoader>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ProblemBodyFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ResourceMetadataFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ProblemDetailsOptions>, ProblemDescription>());
        services.AddOptions<CognitoM2MAuthenticationOptions>(scheme.Name).ValidateOnStart();
    }

    private static AuthenticationBuilder Register(
        this AuthenticationBuilder builder,
        string authenticationScheme,
        IConfigurationSection? section,
        bool requiresSection,
        Action<CognitoM2MAuthenticationOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);

        AddVerification(builder.Services, new RegisteredScheme(authenticationScheme) { Section = section, RequiresSection = requiresSection });
        return builder.AddScheme<CognitoM2MAuthenticationOptions, CognitoM2MAuthenticationHandler>(authenticationScheme, configure);
    }
}
