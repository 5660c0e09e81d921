using Amazon;
using Amazon.Runtime;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests;

/// <summary>Provisioners are created with the same values as every client of the AWS SDK.</summary>
[Collection("Environment variables of AWS")]
public sealed class CreationTests
{
    private static readonly BasicAWSCredentials _credentials = new("AKIDEXAMPLE", "wJalrXUtnFEMI");

    [Fact]
    public void Region_endpoint_decides_the_region_and_the_address()
    {
        using var provisioner = new CognitoProvisioner(RegionEndpoint.EUCentral1);

        Assert.Equal(new("eu-central-1", "https://cognito-idp.eu-central-1.amazonaws.com/"), provisioner.Target);
    }

    [Fact]
    public async Task Credentials_and_region_sign_the_requests()
    {
        await using var server = new LoopbackService(Answer.Ok("""{"UserPools":[]}"""));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", server.Address.AbsoluteUri);
        try
        {
            using var provisioner = new CognitoProvisioner(_credentials, RegionEndpoint.EUCentral1);

            await provisioner.PlanAsync(new Blueprint { UserPool = new() { Name = "acme" } });

            Assert.All(server.Received, request => Assert.Matches("Credential=AKIDEXAMPLE/[0-9]{8}/eu-central-1/cognito-idp/", request.Headers["Authorization"]));
            Assert.NotEmpty(server.Received);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", null);
        }
    }

    [Fact]
    public void Region_comes_from_the_environment_if_only_credentials_are_given()
    {
        var before = Environment.GetEnvironmentVariable("AWS_REGION");
        Environment.SetEnvironmentVariable("AWS_REGION", "eu-north-1");
        try
        {
            using var provisioner = new CognitoProvisioner(_credentials);

            Assert.Equal("eu-north-1", provisioner.Target.Region);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_REGION", before);
        }
    }

    [Fact]
    public void Missing_values_are_refused_by_name()
    {
        Assert.Throws<ArgumentNullException>("region", () => new CognitoProvisioner((RegionEndpoint)null!));
        Assert.Throws<ArgumentNullException>("credentials", () => new CognitoProvisioner((AWSCredentials)null!));
        Assert.Throws<ArgumentNullException>("region", () => new CognitoProvisioner(_credentials, null!));
        Assert.Throws<ArgumentNullException>("options", () => new CognitoProvisioner((CognitoProvisionerOptions)null!));
    }
}
