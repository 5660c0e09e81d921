using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Provisioning.Tests.Service.Aws;

public sealed class ServiceAddressTests
{
    [Theory]
    [InlineData("eu-west-1", false, false, "https://cognito-idp.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://cognito-idp-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", false, false, "https://cognito-idp-fips.us-gov-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://cognito-idp.eu-west-1.api.aws/")]
    [InlineData("us-east-2", true, true, "https://cognito-idp-fips.us-east-2.amazonaws.com/")]
    [InlineData("ca-central-1", true, true, "https://cognito-idp-fips.ca-central-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://cognito-idp.cn-north-1.amazonaws.com.cn/")]
    [InlineData("eusc-de-east-1", false, false, "https://cognito-idp.eusc-de-east-1.amazonaws.eu/")]
    public void Address_follows_from_region_FIPS_and_dual_stack(string region, bool useFips, bool useDualStack, string expected)
    {
        Assert.Equal(expected, ServiceAddress.Find(region, useFips, useDualStack));
    }
}
