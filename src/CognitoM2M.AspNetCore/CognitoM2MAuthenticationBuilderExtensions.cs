using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Scopes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the authentication scheme for access tokens of Amazon Cognito.</summary>
public static class CognitoM2MAuthenticationBuilderExtensions
{
    /// <summary>Accepts access tokens of a Cognito user pool, under the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>.</summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returns.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts, all mistakes at once.</param>
    public static AuthenticationBuilder AddCognitoM2M(this AuthenticationBuilder builder, Action<CognitoM2MAuthenticationOptions> configure) =>
        builder.AddCognitoM2M(CognitoM2MAuthenticationDefaults.AuthenticationScheme, configure);

    /// <summary>Accepts access tokens of a Cognito user pool, under a scheme of your own name.</summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returns.</param>
    /// <param name="authenticationScheme">The scheme's name.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts, all mistakes at once.</param>
    public static AuthenticationBuilder AddCognitoM2M(
        this AuthenticationBuilder builder, string authenticationScheme, Action<CognitoM2MAuthenticationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);
        ArgumentNullException.ThrowIfNull(configure);

        var services = builder.Services;
        services.AddAuthorization();
        if (services.All(service => service.ServiceType != typeof(RegisteredScheme)))
            ScopePolicyProvider.Register(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new RegisteredScheme(authenticationScheme));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CognitoM2MAuthenticationOptions>, VerifierFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CognitoM2MAuthenticationOptions>, AuthenticationOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeySetLoader>());
        services.AddOptions<CognitoM2MAuthenticationOptions>(authenticationScheme).ValidateOnStart();

        return builder.AddScheme<CognitoM2MAuthenticationOptions, CognitoM2MAuthenticationHandler>(authenticationScheme, configure);
    }

    /// <summary>Accepts access tokens as a configuration section says, under the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>.</summary>
    /// <inheritdoc cref="AddCognitoM2M(AuthenticationBuilder, string, IConfigurationSection)"/>
    public static AuthenticationBuilder AddCognitoM2M(this AuthenticationBuilder builder, IConfigurationSection section) =>
        builder.AddCognitoM2M(CognitoM2MAuthenticationDefaults.AuthenticationScheme, section);

    /// <summary>Accepts access tokens as a configuration section says, under a scheme of your own name.</summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returns.</param>
    /// <param name="authenticationScheme">The scheme's name.</param>
    /// <param name="section">
    /// Holds <c>UserPoolId</c>, and <c>ClientIds</c> or <c>"AnyClient": true</c>; may hold <c>Issuer</c>, <c>JwksUri</c>, <c>AllOfScopes</c>,
    /// <c>AnyOfScopes</c>, <c>ClockTolerance</c>, <c>Realm</c>, and a list <c>OtherUserPools</c>. Read once, when the host starts.
    /// </param>
    public static AuthenticationBuilder AddCognitoM2M(
        this AuthenticationBuilder builder, string authenticationScheme, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddCognitoM2M(authenticationScheme, options => AuthenticationSection.Read(section, options));
    }
}
