namespace CognitoM2M.Provisioning.Tests.Blueprints;

public sealed class SettingsValidationTests
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:claims:live";
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234";

    private const string Complete = $$"""
        {
          "userPool": {
            "name": "acme", "issuer": "Updated", "preTokenGenerationArn": "{{Function}}", "kmsKeyArn": "{{Key}}", "removedTags": [ "team" ]
          },
          "domain": {
            "prefix": "acme-m2m", "prefixManagedLoginVersion": 2,
            "custom": {
              "name": "auth.acme.com", "certificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/one", "tlsPolicy": "Tls12", "managedLoginVersion": 1
            }
          },
          "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
          "appClients": [ { "name": "billing", "scopes": [ "orders/read" ], "explicitAuthFlows": [ "ALLOW_USER_SRP_AUTH" ], "secretVariable": "BILLING_SECRET" } ]
        }
        """;

    [Fact]
    public void Settings_survive_writing_and_reading()
    {
        var blueprint = Blueprint.Parse(Blueprint.Parse(Complete).ToJson());

        var pool = blueprint.UserPool;
        Assert.Equal((IssuerForm.Updated, Function, Key, "team"), (pool.Issuer!.Value, pool.PreTokenGenerationArn, pool.KmsKeyArn, Assert.Single(pool.RemovedTags!)));
        Assert.Equal(
            (2, TlsPolicy.Tls12, 1),
            (blueprint.Domain!.PrefixManagedLoginVersion!.Value, blueprint.Domain.Custom!.TlsPolicy!.Value, blueprint.Domain.Custom.ManagedLoginVersion!.Value));
        Assert.Equal(("ALLOW_USER_SRP_AUTH", "BILLING_SECRET"), (Assert.Single(blueprint.AppClients[0].ExplicitAuthFlows!), blueprint.AppClients[0].SecretVariable));
    }

    [Theory]
    [InlineData("\"Updated\"", "\"updated\"", "userPool.issuer: must be one of \"Original\", \"Updated\"")]
    [InlineData("function:claims:live", "function:claims live", "userPool.preTokenGenerationArn: must be the ARN of a Lambda function, or the text 'none'")]
    [InlineData(":lambda:", ":iam:", "userPool.preTokenGenerationArn: must be the ARN of a Lambda function, or the text 'none'")]
    [InlineData("\"issuer\"", "\"tier\": \"Lite\", \"issuer\"", "userPool.preTokenGenerationArn: needs the tier Essentials or Plus")]
    [InlineData("\"issuer\"", "\"tier\": \"Lite\", \"issuer\"", "domain.prefixManagedLoginVersion: version 2 needs the tier Essentials or Plus")]
    [InlineData("key/mrk-1234", "alias/acme", "userPool.kmsKeyArn: must be the ARN of a KMS key (not of an alias), or the text 'none'")]
    [InlineData("[ \"team\" ]", "[ \"cognito-m2m:managed\" ]", "userPool.removedTags[0]: the key is reserved")]
    [InlineData("[ \"team\" ]", "[ \"AWS:x\" ]", "userPool.removedTags[0]: the key is reserved")]
    [InlineData("[ \"team\" ]", "[ \"a\", \"\" ]", "userPool.removedTags[1]: a key must be 1 to 128 letters, digits, spaces and _.:/=+@-")]
    [InlineData("[ \"team\" ]", "[ null ]", "userPool.removedTags[0]: must not be null")]
    [InlineData("[ \"team\" ]", "[ \"team\" ], \"tags\": { \"team\": \"a\" }", "userPool.removedTags[0]: the tag is also in userPool.tags; leave it out of one of the two")]
    [InlineData("\"prefixManagedLoginVersion\": 2", "\"prefixManagedLoginVersion\": 3", "domain.prefixManagedLoginVersion: must be 1 or 2")]
    [InlineData("\"managedLoginVersion\": 1", "\"managedLoginVersion\": 0", "domain.custom.managedLoginVersion: must be 1 or 2")]
    [InlineData("\"prefix\": \"acme-m2m\",", "", "domain.prefixManagedLoginVersion: there is no prefix domain; for a custom domain use domain.custom.managedLoginVersion")]
    [InlineData("\"Tls12\"", "\"TLS_V1_2_2021\"", "domain.custom.tlsPolicy: must be one of \"Tls10\", \"Tls12\", \"Tls13\"")]
    [InlineData("[ \"ALLOW_USER_SRP_AUTH\" ]", "[ \"srp\" ]", "appClients[0].explicitAuthFlows[0]: must be a flow of Cognito such as ALLOW_USER_SRP_AUTH")]
    [InlineData("[ \"ALLOW_USER_SRP_AUTH\" ]", "[ \"ALLOW_CLIENT_TOKEN_AUTH\" ]", "appClients[0].explicitAuthFlows[0]: use the route GetClientToken or Both for this flow")]
    [InlineData("[ \"ALLOW_USER_SRP_AUTH\" ]", "[ \"A\", \"A\" ]", "appClients[0].explicitAuthFlows[1]: 'A' appears twice")]
    [InlineData("\"explicitAuthFlows\"", "\"route\": \"Both\", \"explicitAuthFlows\"", "appClients[0].explicitAuthFlows: only the routes OAuth2 and UserPassword allow other flows; leave explicitAuthFlows out")]
    [InlineData("\"BILLING_SECRET\"", "\"1q2w3e4r5t6y7u8i9o0pasdfghjk\"", "appClients[0].secretVariable: must be the name of a variable")]
    [InlineData("\"BILLING_SECRET\"", "\"AWS_SECRET_ACCESS_KEY\"", "appClients[0].secretVariable: AWS or the build server sets a variable of this name")]
    [InlineData("\"BILLING_SECRET\"", "\"GITHUB_TOKEN\"", "appClients[0].secretVariable: AWS or the build server sets a variable of this name")]
    [InlineData("\"BILLING_SECRET\"", "\"CI_JOB_TOKEN\"", "appClients[0].secretVariable: AWS or the build server sets a variable of this name")]
    [InlineData("\"BILLING_SECRET\"", "\"\"", "appClients[0].secretVariable: must be the name of a variable")]
    public void Mistake_is_reported_with_its_place(string before, string after, string expected)
    {
        Assert.Contains(before, Complete, StringComparison.Ordinal);

        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse(Complete.Replace(before, after, StringComparison.Ordinal)));

        Assert.Contains(refusal.Mistakes, mistake => $"{mistake.Path}: {mistake.Message}".StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_that_was_written_in_place_of_a_name_is_not_repeated()
    {
        const string Secret = "1q2w3e4r5t6y7u8i9o0pasdfghjk";

        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse(Complete.Replace("BILLING_SECRET", Secret, StringComparison.Ordinal)));

        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void None_is_accepted_for_the_trigger_and_the_key()
    {
        var json = Complete.Replace(Function, "none", StringComparison.Ordinal).Replace(Key, "none", StringComparison.Ordinal);

        Assert.Equal((UserPoolBlueprint.None, UserPoolBlueprint.None), (Blueprint.Parse(json).UserPool.PreTokenGenerationArn, Blueprint.Parse(json).UserPool.KmsKeyArn));
    }
}
