using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>The settings of a user pool that concern the issuing of tokens: the form of the issuer, the key, and the function that is called before.</summary>
internal static class TokenSettings
{
    public const string UpdatedIssuer = "UPDATED";
    public const string OriginalIssuer = "ORIGINAL";
    public const string CustomerKey = "CUSTOMER_MANAGED_KEY";

    /// <summary>The version of events that Cognito sends also for the tokens of machines.</summary>
    public const string MachineEvents = "V3_0";

    private const string AwsKey = "AWS_OWNED_KEY";
    private const string OldestEvents = "V1_0";

    public static void Compare(Difference difference, UserPool pool, UserPoolBlueprint wanted)
    {
        if (wanted.Issuer is { } issuer)
            CompareIssuer(difference, pool, Format(issuer));
        if (wanted.KmsKeyArn is { } key)
            difference.Compare(nameof(KeyConfiguration), FormatKey(pool.KeyConfiguration), key == UserPoolBlueprint.None ? AwsKey : key);
        if (wanted.PreTokenGenerationArn is { } function)
        {
            difference.Compare(
                nameof(PreTokenGenerationConfig),
                FormatTrigger(pool.LambdaConfig),
                function == UserPoolBlueprint.None ? null : $"{function} ({MachineEvents})");
        }
    }

    public static IssuerConfiguration? MergeIssuer(IssuerConfiguration? present, UserPoolBlueprint wanted) =>
        wanted.Issuer is { } issuer ? (present ?? new()) with { Type = Format(issuer) } : present;

    public static KeyConfiguration? MergeKey(KeyConfiguration? present, UserPoolBlueprint wanted) => wanted.KmsKeyArn switch
    {
        null => present,
        UserPoolBlueprint.None => (present ?? new()) with { KeyType = AwsKey, KmsKeyArn = null },
        { } key => (present ?? new()) with { KeyType = CustomerKey, KmsKeyArn = key },
    };

    /// <summary>The triggers, with one function changed. The older name of the trigger must have the same function, so it follows if it is there.</summary>
    public static LambdaConfig? MergeTriggers(LambdaConfig? present, UserPoolBlueprint wanted) => wanted.PreTokenGenerationArn switch
    {
        null => present,
        UserPoolBlueprint.None => present is null ? null : present with { PreTokenGeneration = null, PreTokenGenerationConfig = null },
        { } function => (present ?? new()) with
        {
            PreTokenGeneration = present?.PreTokenGeneration is null ? null : function,
            PreTokenGenerationConfig = (present?.PreTokenGenerationConfig ?? new()) with { LambdaVersion = MachineEvents, LambdaArn = function },
        },
    };

    private static void CompareIssuer(Difference difference, UserPool pool, string wanted)
    {
        var present = pool.IssuerConfiguration?.Type ?? OriginalIssuer;
        difference.Compare(nameof(IssuerConfiguration), present, wanted);
        if (present != wanted && pool.Id is not null)
        {
            difference.AddDestructiveChange(
                DestructiveChanges.Issuer, $"tokens get the {wanted} form of the issuer, and verifiers that know only the {present} form reject them");
        }
    }

    private static string Format(IssuerForm form) => form == IssuerForm.Updated ? UpdatedIssuer : OriginalIssuer;

    private static string FormatKey(KeyConfiguration? key) => key?.KmsKeyArn ?? key?.KeyType ?? AwsKey;

    private static string? FormatTrigger(LambdaConfig? triggers) =>
        (triggers?.PreTokenGenerationConfig?.LambdaArn ?? triggers?.PreTokenGeneration) is { } function
            ? $"{function} ({triggers?.PreTokenGenerationConfig?.LambdaVersion ?? OldestEvents})"
            : null;
}
