using CognitoM2M.Architecture.Tests.Checks;
using Mono.Cecil;

namespace CognitoM2M.Architecture.Tests;

/// <summary>
/// The code that knows the AWS SDK stands in one folder of a package, so that another client of the SDK can take the place of the present one
/// (docs/design/generated-cognito-client.md).
/// </summary>
public sealed class AwsSdkTests
{
    /// <summary>What users of the SDK hand over. The public surface may name these types, and no other type of the SDK.</summary>
    private static readonly string[] _handedOver = ["Amazon.RegionEndpoint", "Amazon.Runtime.AWSCredentials"];

    private static readonly string[] _takers = ["CognitoM2M.Provisioning.CognitoProvisioner", "CognitoM2M.Provisioning.CognitoProvisionerOptions"];

    [Theory]
    [InlineData("CognitoM2M.Provisioning", "CognitoM2M.Provisioning.Service.Aws")]
    [InlineData("CognitoM2M.Cli", "CognitoM2M.Cli.Aws")]
    public void Only_one_folder_of_a_package_uses_the_AWS_SDK(string package, string folder)
    {
        using var module = Package.Find(package).ReadModule();
        var outside = new List<string>();
        foreach (var type in module.GetTypes().Where(type => FindOuter(type).Namespace != folder))
        {
            TypeUses.Visit(type, (user, used) =>
            {
                if (IsOfSdk(used) && !(_takers.Contains(FindOuter(type).FullName) && _handedOver.Contains(used.FullName)))
                    outside.Add($"{user.FullName} -> {used.FullName}");
            });
        }

        Assert.True(outside.Count == 0, $"Move these uses of the AWS SDK into {folder}:\n  {string.Join("\n  ", outside.Distinct())}");
    }

    [Fact]
    public void Other_folders_use_only_one_class_of_the_folder_that_uses_the_AWS_SDK()
    {
        using var module = Package.Find("CognitoM2M.Provisioning").ReadModule();
        var users = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in module.GetTypes().Where(type => FindOuter(type).Namespace != "CognitoM2M.Provisioning.Service.Aws"))
        {
            TypeUses.Visit(type, (_, used) =>
            {
                if (used is TypeDefinition definition && FindOuter(definition).Namespace == "CognitoM2M.Provisioning.Service.Aws")
                    users.Add($"{FindOuter(type).Name} -> {FindOuter(definition).Name}");
            });
        }

        Assert.Equal(["CognitoProvisioner -> AwsUserPoolService"], users);
    }

    private static bool IsOfSdk(TypeReference type) => type.Scope is AssemblyNameReference { Name: var name } && name.StartsWith("AWSSDK", StringComparison.Ordinal);

    private static TypeDefinition FindOuter(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }
}
