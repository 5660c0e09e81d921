using Amazon;
using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>The provisioner in a container takes region, profile and credentials from AWSOptions. The emulator checks the signatures.</summary>
public sealed class ProvisioningRegistrationTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");
    private CognitoEmulator _cognito = null!;

    public async Task InitializeAsync() =>
        _cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { RequiredCredentials = new("mine", "secretOfMine") });

    public async Task DisposeAsync()
    {
        await _cognito.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Provisioner_uses_the_options_of_the_container()
    {
        var services = new ServiceCollection().AddDefaultAWSOptions(CreateOptions(RegionEndpoint.EUCentral1)).AddCognitoProvisioning();

        Assert.Equal("eu-central-1", await FindRegionAsync(services));
    }

    [Fact]
    public async Task Given_options_win_over_options_of_the_container()
    {
        var services = new ServiceCollection()
            .AddDefaultAWSOptions(CreateOptions(RegionEndpoint.EUCentral1))
            .AddCognitoProvisioning(CreateOptions(RegionEndpoint.EUNorth1));

        Assert.Equal("eu-north-1", await FindRegionAsync(services));
    }

    [Fact]
    public async Task Profile_of_the_configuration_section_AWS_has_credentials_and_region()
    {
        var profiles = Path.Combine(_folder.FullName, "credentials");
        await File.WriteAllTextAsync(profiles, "[team]\naws_access_key_id = mine\naws_secret_access_key = secretOfMine\nregion = eu-west-3\n");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AWS:Profile"] = "team",
            ["AWS:ProfilesLocation"] = profiles,
            ["AWS:ServiceURL"] = _cognito.BaseAddress.AbsoluteUri,
        }).Build();

        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddCognitoProvisioning();

        Assert.Equal("eu-west-3", await FindRegionAsync(services));
    }

    [Fact]
    public async Task Credentials_that_are_not_accepted_are_reported()
    {
        var options = CreateOptions(RegionEndpoint.EUCentral1);
        options.Credentials = new BasicAWSCredentials("theirs", "secretOfTheirs");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => FindRegionAsync(new ServiceCollection().AddCognitoProvisioning(options)));

        Assert.Equal(ProvisioningError.Credentials, failure.Error);
    }

    [Fact]
    public async Task Settings_can_be_changed_after_the_options_were_read()
    {
        var services = new ServiceCollection().AddCognitoProvisioning(CreateOptions(RegionEndpoint.EUCentral1), settings => settings.Region = "eu-south-1");

        Assert.Equal("eu-south-1", await FindRegionAsync(services));
    }

    [Fact]
    public async Task Container_has_one_provisioner_and_the_first_registration_stays()
    {
        await using var provider = new ServiceCollection()
            .AddCognitoProvisioning(CreateOptions(RegionEndpoint.EUCentral1))
            .AddCognitoProvisioning(CreateOptions(RegionEndpoint.EUNorth1))
            .BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<CognitoProvisioner>(), Assert.Single(provider.GetServices<CognitoProvisioner>()));
    }

    private AWSOptions CreateOptions(RegionEndpoint region) => new()
    {
        Region = region,
        Credentials = new BasicAWSCredentials("mine", "secretOfMine"),
        DefaultClientConfig = { ServiceURL = _cognito.BaseAddress.AbsoluteUri },
    };

    /// <summary>Plans with the provisioner of the container, and reads the region from the saved plan.</summary>
    private static async Task<string?> FindRegionAsync(IServiceCollection services)
    {
        await using var provider = services.BuildServiceProvider();
        var plan = await provider.GetRequiredService<CognitoProvisioner>().PlanAsync(new Blueprint { UserPool = new() { Name = "acme" } });
        using var saved = System.Text.Json.JsonDocument.Parse(SavedPlan.Create(plan).ToJson());
        return saved.RootElement.GetProperty("target").GetProperty("region").GetString();
    }
}
