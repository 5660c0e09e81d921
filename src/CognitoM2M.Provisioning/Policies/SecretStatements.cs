using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>Writes the statements for a sink that stores secrets in AWS Systems Manager Parameter Store.</summary>
internal static class SecretStatements
{
    /// <exception cref="ArgumentException">The path or the key is not valid, or there is a key without a path.</exception>
    public static void ThrowIfInvalid(PolicyOptions options)
    {
        if (options.SecretsPath is { } path && !ParameterStoreNames.IsPath(path))
            throw new ArgumentException($"SecretsPath: '{path}' is not a path of parameters. {ParameterStoreNames.PathRule}", nameof(options));
        if (options.SecretsKmsKey is not { } key)
            return;
        if (options.SecretsPath is null)
            throw new ArgumentException("SecretsKmsKey has no effect without SecretsPath. Set SecretsPath.", nameof(options));
        if (!ParameterStoreNames.IsKey(key))
            throw new ArgumentException($"SecretsKmsKey: '{key}' is not a KMS key. {ParameterStoreNames.KeyRule}", nameof(options));
    }

    public static void Write(Utf8JsonWriter json, PolicyOptions options, string? userPoolId)
    {
        if (options.SecretsPath is null || !(options.AllowApply || options.AllowRotation))
            return;

        var region = options.Region ?? (userPoolId is null ? null : CognitoNames.RegionOfUserPool(userPoolId));
        var partition = region is null ? "aws" : AwsPartition.Name(region);
        var place = $"{region ?? "*"}:{options.AccountId ?? "*"}";
        var path = $"arn:{partition}:ssm:{place}:parameter{options.SecretsPath}";

        // The path itself is read once at the beginning, which shows whether Parameter Store can be reached.
        StartStatement(json, "CognitoM2MSecrets", ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"], [path, $"{path}/*"]);
        json.WriteEndObject();
        if (options.SecretsKmsKey is not { } key)
            return;

        // Standard parameters are encrypted with kms:Encrypt, advanced ones with kms:GenerateDataKey. The tier is a setting of the account.
        StartStatement(
            json, "CognitoM2MSecretsKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
            [key.StartsWith("arn:", StringComparison.Ordinal) ? key : $"arn:{partition}:kms:{place}:key/{key}"]);
        json.WriteStartObject("Condition");
        json.WriteStartObject("StringLike");
        json.WriteString("kms:EncryptionContext:PARAMETER_ARN", $"{path}/*");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Begins a statement. The caller ends it.</summary>
    private static void StartStatement(Utf8JsonWriter json, string id, string[] actions, string[] resources)
    {
        json.WriteStartObject();
        json.WriteString("Sid", id);
        json.WriteString("Effect", "Allow");
        WriteArray(json, "Action", actions);
        WriteArray(json, "Resource", resources);
    }

    private static void WriteArray(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
