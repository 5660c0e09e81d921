using System.Text;
using System.Text.Json;
using CognitoM2M.Provisioning.Policies;

namespace CognitoM2M.Provisioning;

/// <summary>The IAM permissions that provisioning needs.</summary>
public static class ProvisioningPolicy
{
    /// <summary>The least-privilege policy for a blueprint, as the JSON text of an IAM policy document.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="options">Where the pool is, and what the policy is for; everything by default.</param>
    /// <remarks>
    /// IAM knows no resource below the pool: whoever may read one app client of a pool may read the secrets of all. Once the pool exists,
    /// a policy with its id is narrower.
    /// </remarks>
    /// <exception cref="BlueprintException">The blueprint is not valid.</exception>
    public static string For(Blueprint blueprint, PolicyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        blueprint.ThrowIfInvalid();
        options ??= new();

        var poolId = options.UserPoolId ?? blueprint.UserPool.Id;
        var operations = Operations(blueprint, options, poolId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToLookup(PolicyStatement.HasNoResource);

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            Write(json, "CognitoM2MAccount", operations[true].Select(operation => $"cognito-idp:{operation}"), "*");
            Write(json, "CognitoM2MUserPool", operations[false].Select(operation => $"cognito-idp:{operation}"),
                PolicyStatement.PoolArn(options.Region, options.AccountId, poolId));
            if (blueprint.Domain?.Custom is not null && options.AllowApply)
                Write(json, "CognitoM2MCustomDomain", ["cloudfront:UpdateDistribution"], "*");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<string> Operations(Blueprint blueprint, PolicyOptions options, string? poolId)
    {
        // A blueprint that gives the id itself is never searched for by name.
        if (blueprint.UserPool.Id is null)
            yield return "ListUserPools";

        string[] reading = ["DescribeUserPool", "ListResourceServers", "ListUserPoolClients", "DescribeUserPoolClient", "ListUserPoolClientSecrets"];
        foreach (var operation in reading)
            yield return operation;
        if (blueprint.Domain is not null || options.AllowDelete)
            yield return "DescribeUserPoolDomain";

        if (options.AllowApply)
        {
            if (poolId is null)
                yield return "CreateUserPool";

            string[] applying =
            [
                "UpdateUserPool", "TagResource", "CreateResourceServer", "DescribeResourceServer", "UpdateResourceServer",
                "CreateUserPoolClient", "UpdateUserPoolClient",
            ];
            foreach (var operation in applying)
                yield return operation;
            if (blueprint.Domain is not null)
                yield return "CreateUserPoolDomain";
            if (blueprint.Domain?.Custom is not null)
                yield return "UpdateUserPoolDomain";
        }

        if (options.AllowDelete)
        {
            string[] deleting = ["DeleteUserPool", "DeleteUserPoolDomain", "DeleteResourceServer", "DeleteUserPoolClient", "UpdateUserPool"];
            foreach (var operation in deleting)
                yield return operation;
        }

        if (options.AllowRotation)
        {
            yield return "AddUserPoolClientSecret";
            yield return "DeleteUserPoolClientSecret";
        }
    }

    private static void Write(Utf8JsonWriter json, string id, IEnumerable<string> actions, string resource)
    {
        var list = actions.ToList();
        if (list.Count == 0)
            return;

        json.WriteStartObject();
        json.WriteString("Sid", id);
        json.WriteString("Effect", "Allow");
        json.WriteStartArray("Action");
        foreach (var action in list)
            json.WriteStringValue(action);
        json.WriteEndArray();
        json.WriteString("Resource", resource);
        json.WriteEndObject();
    }
}
