using Aspire.Hosting.ApplicationModel;
using CognitoM2M.Aspire.Hosting;
using CognitoM2M.Aspire.Hosting.References;
using CognitoM2M.Aspire.Hosting.Running;

namespace Aspire.Hosting;

/// <summary>Adds an emulated Amazon Cognito to an app host.</summary>
public static class CognitoEmulatorResourceBuilderExtensions
{
    /// <summary>Adds an emulated Cognito. It runs in the process of the app host, starts with it and ends with it. It is not published.</summary>
    /// <param name="builder">The builder of the app host.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port on 127.0.0.1; null for any free port.</param>
    public static IResourceBuilder<CognitoEmulatorResource> AddCognitoEmulator(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        return builder.AddResource(new CognitoEmulatorResource(name, port))
            .ExcludeFromManifest()
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Cognito emulator",
                State = KnownResourceStates.NotStarted,
                Properties = [],
            })
            .OnInitializeResource(EmulatorStart.RunAsync);
    }

    /// <summary>
    /// Creates at the start what a blueprint describes. With ids and secrets in the blueprint, they are the same at every start, and can stand in
    /// settings of projects that Aspire does not start.
    /// </summary>
    /// <param name="builder">The builder of the emulator.</param>
    /// <param name="path">The blueprint, relative to the folder of the app host. Can be called for more blueprints.</param>
    public static IResourceBuilder<CognitoEmulatorResource> WithBlueprint(this IResourceBuilder<CognitoEmulatorResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        builder.Resource.AddBlueprint(Path.GetFullPath(path, builder.ApplicationBuilder.AppHostDirectory));
        return builder;
    }

    /// <summary>Sets the AWS region of user pools and issuers.</summary>
    /// <param name="builder">The builder of the emulator.</param>
    /// <param name="region">The region code, such as <c>eu-central-1</c>.</param>
    public static IResourceBuilder<CognitoEmulatorResource> WithRegion(this IResourceBuilder<CognitoEmulatorResource> builder, string region)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(region);
        builder.Resource.Region = region;
        return builder;
    }

    /// <summary>Keeps user pools, secrets and signing keys over a restart of the app host. What the file holds stays; blueprints add what is missing.</summary>
    /// <param name="builder">The builder of the emulator.</param>
    /// <param name="path">The file, relative to the folder of the app host. It holds secrets; do not check it in.</param>
    public static IResourceBuilder<CognitoEmulatorResource> WithStateFile(this IResourceBuilder<CognitoEmulatorResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        builder.Resource.StateFile = Path.GetFullPath(path, builder.ApplicationBuilder.AppHostDirectory);
        return builder;
    }

    /// <summary>
    /// Gives a project the settings to verify tokens of the emulator (<c>Authentication:Schemes:CognitoM2M</c>, read by <c>AddCognitoM2M()</c>) and
    /// to get tokens from it (<c>CognitoM2M:Clients:{app client}</c>, read by <c>AddCognitoM2MClients</c>). The project starts after the emulator.
    /// </summary>
    /// <param name="builder">The builder of the project.</param>
    /// <param name="cognito">The emulator.</param>
    /// <param name="appClients">The names of the app clients whose tokens the project gets. None for all.</param>
    /// <remarks>The project does not start if the emulator has no app client of a name.</remarks>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<CognitoEmulatorResource> cognito, params string[] appClients)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(cognito);
        ArgumentNullException.ThrowIfNull(appClients);

        if (!builder.ApplicationBuilder.ExecutionContext.IsRunMode)
            return builder;

        return builder.WaitFor(cognito).WithReferenceRelationship(cognito).WithEnvironment(async context =>
        {
            var emulator = await cognito.Resource.Emulator.WaitAsync(context.CancellationToken).ConfigureAwait(false);
            foreach (var (name, value) in EmulatorSettings.Create(emulator, appClients.Length == 0 ? null : appClients))
                context.EnvironmentVariables[name] = value;
        });
    }
}
