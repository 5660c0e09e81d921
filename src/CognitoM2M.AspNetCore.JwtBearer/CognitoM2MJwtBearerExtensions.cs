using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.JwtBearer;
using CognitoM2M.AspNetCore.JwtBearer.Challenges;
using CognitoM2M.AspNetCore.JwtBearer.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets schemes of <c>AddJwtBearer</c> accept access tokens of Amazon Cognito, and no other tokens.</summary>
public static class CognitoM2MJwtBearerExtensions
{
    /// <summary>The scheme <c>Bearer</c> accepts access tokens as the configuration section <c>Authentication:Schemes:Bearer</c> says.</summary>
    /// <param name="builder">The builder that <c>AddJwtBearer()</c> returns.</param>
    /// <inheritdoc cref="UseCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)" path="/remarks"/>
    public static AuthenticationBuilder UseCognitoM2M(this AuthenticationBuilder builder) =>
        builder.Use(JwtBearerDefaults.AuthenticationScheme, isNamed: false, section: null, requiresSection: true, configure: null);

    /// <summary>A scheme accepts access tokens as the configuration section <c>Authentication:Schemes:{authenticationScheme}</c> says.</summary>
    /// <param name="builder">The builder that <c>AddJwtBearer(...)</c> returns.</param>
    /// <param name="authenticationScheme">The name that <c>AddJwtBearer</c> was given.</param>
    /// <inheritdoc cref="UseCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)" path="/remarks"/>
    public static AuthenticationBuilder UseCognitoM2M(this AuthenticationBuilder builder, string authenticationScheme) =>
        builder.Use(authenticationScheme, isNamed: true, section: null, requiresSection: true, configure: null);

    /// <summary>The scheme <c>Bearer</c> accepts access tokens of a Cognito user pool.</summary>
    /// <inheritdoc cref="UseCognitoM2M(AuthenticationBuilder, string, Action{CognitoM2MJwtBearerOptions})"/>
    public static AuthenticationBuilder UseCognitoM2M(this AuthenticationBuilder builder, Action<CognitoM2MJwtBearerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Use(JwtBearerDefaults.AuthenticationScheme, isNamed: false, section: null, requiresSection: false, configure);
    }

    /// <summary>A scheme accepts access tokens of a Cognito user pool.</summary>
    /// <param name="builder">The builder that <c>AddJwtBearer(...)</c> returns.</param>
    /// <param name="authenticationScheme">The name that <c>AddJwtBearer</c> was given.</param>
    /// <param name="configure">
    /// Sets the options. If the configuration section <c>Authentication:Schemes:{authenticationScheme}</c> exists, it is read first, so what this
    /// delegate sets wins.
    /// </param>
    /// <exception cref="InvalidOperationException"><c>UseCognitoM2M</c> was called for this scheme before.</exception>
    /// <remarks>
    /// The options are checked when the host starts. All mistakes are reported together in an OptionsValidationException, also if <c>AddJwtBearer</c>
    /// has not registered a scheme of this name.
    /// </remarks>
    public static AuthenticationBuilder UseCognitoM2M(
        this AuthenticationBuilder builder, string authenticationScheme, Action<CognitoM2MJwtBearerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Use(authenticationScheme, isNamed: true, section: null, requiresSection: false, configure);
    }

    /// <summary>The scheme <c>Bearer</c> accepts access tokens as a configuration section says.</summary>
    /// <inheritdoc cref="UseCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)"/>
    public static AuthenticationBuilder UseCognitoM2M(this AuthenticationBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return builder.Use(JwtBearerDefaults.AuthenticationScheme, isNamed: false, section, requiresSection: true, configure: null);
    }

    /// <summary>A scheme accepts access tokens as a configuration section says.</summary>
    /// <param name="builder">The builder that <c>AddJwtBearer(...)</c> returns.</param>
    /// <param name="authenticationScheme">The name that <c>AddJwtBearer</c> was given.</param>
    /// <param name="section">The section. It is read instead of <c>Authentication:Schemes:{authenticationScheme}</c>.</param>
    /// <exception cref="InvalidOperationException"><c>UseCognitoM2M</c> was called for this scheme before.</exception>
    /// <remarks>
    /// The section holds <c>UserPoolId</c>, and <c>ClientIds</c> or <c>"AllowAnyClient": true</c>. It may hold <c>Issuer</c>, <c>JwksUri</c>,
    /// <c>Jwks</c>, a list <c>UserPools</c> whose entries have these same settings, <c>AllOfScopes</c>, <c>AnyOfScopes</c>, <c>PlainHttpHosts</c>,
    /// <c>ClockTolerance</c>, <c>MaxTokenLength</c>, <c>VerifiedTokenCacheSize</c>, <c>LoadKeysAtStart</c>, <c>VerifyWithJsonWebTokenHandler</c>, and the
    /// settings that <c>AddJwtBearer</c> reads. All mistakes are reported together in an OptionsValidationException when the host starts. A change of the
    /// section takes effect with the next request, except for the settings that <c>AddJwtBearer</c> reads. A change that is not valid is logged and ignored.
    /// </remarks>
    public static AuthenticationBuilder UseCognitoM2M(
        this AuthenticationBuilder builder, string authenticationScheme, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return builder.Use(authenticationScheme, isNamed: true, section, requiresSection: true, configure: null);
    }

    private static AuthenticationBuilder Use(
        this AuthenticationBuilder builder,
        string authenticationScheme,
        bool isNamed,
        IConfigurationSection? section,
        bool requiresSection,
        Action<CognitoM2MJwtBearerOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);

        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(BridgedScheme) && service.ImplementationInstance is BridgedScheme known && known.Name == authenticationScheme))
            throw new InvalidOperationException($"UseCognitoM2M was called for the scheme '{authenticationScheme}' before. Call it once for each scheme.");

        services.AddSingleton(new BridgedScheme(authenticationScheme, isNamed));
        CognitoM2MAuthenticationBuilderExtensions.AddVerification(
            services, new RegisteredScheme(authenticationScheme) { Section = section, RequiresSection = requiresSection, IsOwn = false });
        AddOptions(services, authenticationScheme, configure);
        services.TryAddTransient<CognitoJwtBearerHandler>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BearerWarnings>());
        return builder;
    }

    private static void AddOptions(IServiceCollection services, string authenticationScheme, Action<CognitoM2MJwtBearerOptions>? configure)
    {
        // The section is registered before the delegate, so the values of the delegate win.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CognitoM2MJwtBearerOptions>, BearerSection>());
        var options = services.AddOptions<CognitoM2MJwtBearerOptions>(authenticationScheme);
        if (configure is not null)
            options.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CognitoM2MAuthenticationOptions>, VerifierOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CognitoM2MAuthenticationOptions>, BearerCheck>());
        if (services.Any(service => service.ServiceType == typeof(BearerSetup)))
            return;

        services.AddSingleton<SchemeHandlers>();
        services.AddSingleton<IPostConfigureOptions<AuthenticationOptions>>(provider => provider.GetRequiredService<SchemeHandlers>());
        // JwtBearer's own step comes first, even if AddJwtBearer is called later.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        services.AddSingleton<BearerSetup>();
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<BearerSetup>());
    }
}
