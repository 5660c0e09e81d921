using System.Globalization;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>The settings of a user pool that concern its users: what they sign in with, who creates them, and what their passwords are like.</summary>
internal static class SignInSettings
{
    // A policy that leaves a flag out switches it off, so a new user pool gets all members.
    private static readonly PasswordPolicy _default = new()
    {
        MinimumLength = 8,
        RequireUppercase = true,
        RequireLowercase = true,
        RequireNumbers = true,
        RequireSymbols = true,
        TemporaryPasswordValidityDays = 7,
    };

    /// <summary>The differences that UpdateUserPool can remove.</summary>
    public static void Compare(Difference difference, UserPool pool, UserPoolBlueprint wanted)
    {
        if (wanted.AdminCreateUserOnly is { } adminOnly)
            difference.Compare(nameof(AdminCreateUserConfig.AllowAdminCreateUserOnly), Format(pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false), Format(adminOnly));
        if (wanted.PasswordPolicy is { } policy)
            Compare(difference, pool.Policies?.PasswordPolicy ?? new(), policy);
    }

    /// <summary>The difference that nothing can remove: Cognito sets these attributes when it creates a user pool.</summary>
    public static void CompareUsernameAttributes(Difference difference, UserPool pool, UserPoolBlueprint wanted)
    {
        if (wanted.UsernameAttributes is { } attributes)
            difference.CompareSets(nameof(pool.UsernameAttributes), pool.UsernameAttributes, attributes);
    }

    /// <exception cref="CognitoProvisioningException">Users of the user pool sign in with something else than the blueprint says.</exception>
    public static void RequireUsernameAttributes(UserPool pool, UserPoolBlueprint wanted)
    {
        var difference = new Difference();
        CompareUsernameAttributes(difference, pool, wanted);
        if (difference.IsEmpty)
            return;

        var present = pool.UsernameAttributes is { Count: > 0 } names ? string.Join(", ", names) : "none: users have user names";
        throw new CognitoProvisioningException(
            ProvisioningError.Refused,
            $"userPool.usernameAttributes is {string.Join(", ", wanted.UsernameAttributes!)}, but the user pool {pool.Id} has {present}. Cognito cannot change what users of an existing user pool sign in with. Nothing was changed.",
            "Leave usernameAttributes out of the blueprint, or create another user pool under another name.");
    }

    public static AdminCreateUserConfig? MergeCreation(AdminCreateUserConfig? present, UserPoolBlueprint wanted) =>
        wanted.AdminCreateUserOnly is { } adminOnly ? (present ?? new()) with { AllowAdminCreateUserOnly = adminOnly } : present;

    public static UserPoolPolicies? MergePolicies(UserPoolPolicies? present, UserPoolBlueprint wanted)
    {
        if (wanted.PasswordPolicy is not { } policy)
            return present;

        var before = present?.PasswordPolicy ?? _default;
        return (present ?? new()) with
        {
            PasswordPolicy = before with
            {
                MinimumLength = policy.MinimumLength ?? before.MinimumLength,
                RequireUppercase = policy.RequireUppercase ?? before.RequireUppercase,
                RequireLowercase = policy.RequireLowercase ?? before.RequireLowercase,
                RequireNumbers = policy.RequireNumbers ?? before.RequireNumbers,
                RequireSymbols = policy.RequireSymbols ?? before.RequireSymbols,
                PasswordHistorySize = policy.PasswordHistorySize ?? before.PasswordHistorySize,
                TemporaryPasswordValidityDays = policy.TemporaryPasswordValidityDays ?? before.TemporaryPasswordValidityDays,
            },
        };
    }

    /// <summary>Describes a policy as a blueprint does; null if there is none, or if it is Cognito's default.</summary>
    public static PasswordPolicyBlueprint? Describe(PasswordPolicy? policy) => policy is null || policy with { OtherMembers = null } == _default ? null : new()
    {
        MinimumLength = policy.MinimumLength,
        RequireUppercase = policy.RequireUppercase ?? false,
        RequireLowercase = policy.RequireLowercase ?? false,
        RequireNumbers = policy.RequireNumbers ?? false,
        RequireSymbols = policy.RequireSymbols ?? false,
        PasswordHistorySize = policy.PasswordHistorySize,
        TemporaryPasswordValidityDays = policy.TemporaryPasswordValidityDays,
    };

    private static void Compare(Difference difference, PasswordPolicy present, PasswordPolicyBlueprint wanted)
    {
        CompareNumber(nameof(present.MinimumLength), present.MinimumLength, wanted.MinimumLength);
        CompareFlag(nameof(present.RequireUppercase), present.RequireUppercase, wanted.RequireUppercase);
        CompareFlag(nameof(present.RequireLowercase), present.RequireLowercase, wanted.RequireLowercase);
        CompareFlag(nameof(present.RequireNumbers), present.RequireNumbers, wanted.RequireNumbers);
        CompareFlag(nameof(present.RequireSymbols), present.RequireSymbols, wanted.RequireSymbols);
        CompareNumber(nameof(present.PasswordHistorySize), present.PasswordHistorySize ?? 0, wanted.PasswordHistorySize);
        CompareNumber(nameof(present.TemporaryPasswordValidityDays), present.TemporaryPasswordValidityDays, wanted.TemporaryPasswordValidityDays);

        void CompareNumber(string member, int? before, int? after)
        {
            if (after is { } number)
                difference.Compare($"{nameof(PasswordPolicy)}.{member}", before?.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture));
        }

        void CompareFlag(string member, bool? before, bool? after)
        {
            if (after is { } flag)
                difference.Compare($"{nameof(PasswordPolicy)}.{member}", Format(before ?? false), Format(flag));
        }
    }

    private static string Format(bool value) => value ? "true" : "false";
}
