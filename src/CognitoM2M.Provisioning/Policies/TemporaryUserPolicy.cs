using System.Text;
using System.Text.Json;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>Writes the IAM policy document of a caller that may only create, find and delete temporary users.</summary>
internal static class TemporaryUserPolicy
{
    private static readonly Operation[] _operations =
        [UserOperations.Create, UserOperations.Delete, UserOperations.SetPassword, UserPoolOperations.Describe, UserPoolOperations.ListUsers];

    public static string Write(PolicyOptions options)
    {
        var userPool = IamStatement.FormatUserPoolArn(options.Region, options.AccountId, options.UserPoolId);
        PolicyCondition[] ifManaged = options.UserPoolId is null ? [PolicyCondition.ForUserPoolWithTag(OwnershipTag.Created, OwnershipTag.Adopted)] : [];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            PolicyDocument.WriteStatement(json, "CognitoM2MTemporaryUsers", _operations.Select(operation => operation.IamAction).Order(StringComparer.Ordinal), userPool, ifManaged);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
