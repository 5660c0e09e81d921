using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

/// <summary>The attributes that a user pool adds to the standard ones, or changes.</summary>
public sealed class SchemaTests : OperationTest
{
    [Theory]
    [InlineData("""[{"Name":"tenant","Required":true}]""", "Required custom attributes are not supported currently.")]
    [InlineData("""[{"Name":"email","AttributeDataType":"Number"}]""", "You can not change AttributeDataType of the standard schema attribute email.")]
    [InlineData("""[{"Name":"tenant"},{"Name":"tenant"}]""", "tenant: the schema has the attribute twice.")]
    [InlineData("""[{"Name":"age","AttributeDataType":"Number","StringAttributeConstraints":{"MinLength":"1"}}]""", "age: an attribute of the type Number has no StringAttributeConstraints.")]
    [InlineData("""[{"Name":"tenant","NumberAttributeConstraints":{"MinValue":"1"}}]""", "tenant: an attribute of the type String has no NumberAttributeConstraints.")]
    [InlineData("""[{"Name":"tenant","StringAttributeConstraints":{"MinLength":"9","MaxLength":"3"}}]""", "tenant: MinLength must not be greater than MaxLength.")]
    [InlineData("""[{"Name":"tenant","StringAttributeConstraints":{"MinLength":"many"}}]""", "tenant: MinLength must be a number.")]
    [InlineData("""[{"Name":"tenant","StringAttributeConstraints":{"MinLength":"-1"}}]""", "tenant: MinLength must be a number.")]
    [InlineData("""[{"Name":"tenant","StringAttributeConstraints":{"MaxLength":"1.5"}}]""", "tenant: MaxLength must be a number.")]
    [InlineData("""[{"Name":"a name with more than 20 characters"}]""", "2 validation errors detected")]
    public async Task Schema_that_breaks_a_rule_is_refused(string schema, string expected)
    {
        var message = await AssertRefusedAsync(Invalid, "CreateUserPool", new { PoolName = "p", Schema = JsonNode.Parse(schema) });

        Assert.StartsWith(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_are_added_to_a_pool_and_are_kept_by_updates()
    {
        await CallAsync("AddCustomAttributes", new { UserPoolId = PoolId, CustomAttributes = new object[] { new { Name = "tenant" }, new { Name = "email", Mutable = false } } });
        await CallAsync("AddCustomAttributes", new { UserPoolId = PoolId, CustomAttributes = new[] { new { Name = "age", AttributeDataType = "Number" } } });

        await CallAsync("UpdateUserPool", new { UserPoolId = PoolId });

        var attributes = (await DescribePoolAsync())["SchemaAttributes"]!.AsArray();
        Assert.Equal(["custom:tenant", "custom:email", "custom:age"], attributes.Skip(20).Select(attribute => attribute!["Name"]!.GetValue<string>()));
        Assert.False((await DescribePoolAsync()).ContainsKey("AddedAttributes"));
        Assert.Equal("tenant: the schema has the attribute twice.", await AssertRefusedAsync(
            Invalid, "AddCustomAttributes", new { UserPoolId = PoolId, CustomAttributes = new[] { new { Name = "tenant" } } }));
        await AssertRefusedAsync(Invalid, "AddCustomAttributes", new { UserPoolId = PoolId, CustomAttributes = Array.Empty<object>() });
    }

    [Fact]
    public async Task Pool_has_at_most_50_custom_attributes()
    {
        for (var i = 0; i < 2; i++)
        {
            var attributes = Enumerable.Range(i * 25, 25).Select(number => new { Name = $"a{number}" });
            await CallAsync("AddCustomAttributes", new { UserPoolId = PoolId, CustomAttributes = attributes });
        }

        Assert.Equal("A user pool has at most 50 custom attributes.", await AssertRefusedAsync(
            Invalid, "AddCustomAttributes", new { UserPoolId = PoolId, CustomAttributes = new[] { new { Name = "more" } } }));
    }

    [Theory]
    [InlineData("""{"ReadAttributes":["custom:nothing"]}""", "Invalid read attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["custom:nothing"]}""", "Invalid write attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["email","email_verified"]}""", "Invalid write attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["sub"]}""", "Invalid write attributes specified while creating a client")]
    [InlineData("""{"CallbackURLs":["https://a.example/"],"DefaultRedirectURI":"https://b.example/"}""", "DefaultRedirectURI must be one of the CallbackURLs.")]
    [InlineData("""{"EnablePropagateAdditionalUserContextData":true}""", "EnablePropagateAdditionalUserContextData needs an app client with a secret.")]
    public async Task App_client_with_wrong_attributes_is_refused(string settings, string expected)
    {
        var input = JsonNode.Parse(settings)!.AsObject();
        input["UserPoolId"] = PoolId;
        input["ClientName"] = "c";

        Assert.Equal(expected, await AssertRefusedAsync(Invalid, "CreateUserPoolClient", input));
    }

    [Fact]
    public async Task App_client_that_lists_what_it_writes_must_write_the_required_attributes()
    {
        var pool = (await CallAsync("CreateUserPool", new { PoolName = "p", Schema = new[] { new { Name = "name", Required = true } } }))["UserPool"]!["Id"]!.GetValue<string>();

        await AssertRefusedAsync(Invalid, "CreateUserPoolClient", new { UserPoolId = pool, ClientName = "c", WriteAttributes = new[] { "email" } });
        var client = await CallAsync("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "c", WriteAttributes = new[] { "email", "name" } });

        Assert.Equal("Invalid write attributes specified while updating a client", await AssertRefusedAsync(
            Invalid, "UpdateUserPoolClient", new { UserPoolId = pool, ClientId = client["UserPoolClient"]!["ClientId"]!.GetValue<string>(), WriteAttributes = new[] { "email" } }));
    }
}
