using CognitoM2M.Shared;

namespace CognitoM2M.Tests.SharedSources;

public sealed class SecretHashTests
{
    [Theory]
    // Computed with: printf USERNAME+CLIENTID | openssl dgst -sha256 -hmac SECRET -binary | base64
    [InlineData("secret-of-the-client-123", "robot", "3n4b5urk1ft4fl3mg5e62d9ado", "V2foFkGCgNTAF1S3lgYZn0DkDwSwrwP9zvlwMSKYmO0=")]
    [InlineData("secret-of-the-client-123", "jürgen@example.com", "client", "xMe0PLly3BTl7Iw6ViMpg3GFiPWK3KsYqSjt7mCXx24=")]
    public void Hash_is_the_hmac_of_user_name_and_client_id(string secret, string username, string clientId, string expected) =>
        Assert.Equal(expected, SecretHash.Compute(secret, username, clientId));
}
