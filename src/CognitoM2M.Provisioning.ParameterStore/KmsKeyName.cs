namespace CognitoM2M.Provisioning.ParameterStore;

/// <summary>
/// Compares names of KMS keys. Parameter Store returns the name that the last writer gave, and a key has several: its id, its ARN, and each
/// alias with and without the ARN of the region.
/// </summary>
internal static class KmsKeyName
{
    /// <summary>Whether two names are certainly of the same key. An id and an alias are not compared, because only KMS knows the key of an alias.</summary>
    public static bool AreSame(string first, string? second)
    {
        if (second is null)
            return false;

        return IsArn(first) == IsArn(second) ? first == second : FindShortName(first) == FindShortName(second);
    }

    private static bool IsArn(string name) => name.StartsWith("arn:", StringComparison.Ordinal);

    // arn:aws:kms:eu-west-1:123456789012:key/ID or arn:aws:kms:eu-west-1:123456789012:alias/NAME
    private static string FindShortName(string name)
    {
        var last = name[(name.LastIndexOf(':') + 1)..];
        return last.StartsWith("key/", StringComparison.Ordinal) ? last["key/".Length..] : last;
    }
}
