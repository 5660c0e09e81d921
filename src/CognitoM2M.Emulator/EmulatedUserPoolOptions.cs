using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator;

/// <summary>Settings of a user pool that <see cref="CognitoEmulator.CreateUserPool(string, EmulatedUserPoolOptions)"/> creates.</summary>
public sealed class EmulatedUserPoolOptions
{
    /// <summary>The user pool id.</summary>
    /// <value>
    /// Null by default, which generates an id of the emulator's region. Otherwise a region code, an underscore, and letters and digits, such as
    /// <c>eu-west-1_AbCdEf123</c>; at most 55 characters, unique in the emulator.
    /// </value>
    public string? Id { get; init; }

    /// <summary>The attributes that users sign in with in place of a user name (<c>UsernameAttributes</c>).</summary>
    /// <value>
    /// Empty by default: users have names. Otherwise <c>email</c>, <c>phone_number</c> or both. The name of a user is then the <c>sub</c>, and
    /// the name given to <see cref="EmulatedUserPool.CreateUser(string, string)"/> must be an address or a number.
    /// </value>
    public IReadOnlyList<string> UsernameAttributes
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var attribute in value)
            {
                if (attribute is not (UserNames.Email or UserNames.PhoneNumber))
                    throw new ArgumentException($"'{attribute}' is neither email nor phone_number.", nameof(value));
            }

            field = [.. value];
        }
    } = [];

    /// <summary>The names of standard attributes that each user must have.</summary>
    /// <value>
    /// Empty by default; names such as <c>email</c> or <c>given_name</c>. A user without such an attribute gives it with the first new password, as in
    /// Cognito: <see cref="EmulatedUserPool.CreateUser(string, string)"/> does not ask for it.
    /// </value>
    public IReadOnlyList<string> RequiredAttributes
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.FirstOrDefault(name => name is PoolUser.SubAttribute || !AttributeSchema.IsStandard(name)) is { } wrong)
                throw new ArgumentException($"'{wrong}' is not a standard attribute.", nameof(value));
            field = [.. value.Distinct(StringComparer.Ordinal)];
        }
    } = [];

    /// <summary>The names of attributes that users can have besides the standard ones.</summary>
    /// <value>Empty by default; at most 50, each 1 to 20 characters, without the prefix <c>custom:</c>. Values are texts of up to 2,048 characters.</value>
    public IReadOnlyList<string> CustomAttributes
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var name in value)
            {
                TextShape.SchemaName.Require(name, nameof(CustomAttributes));
                if (AttributeSchema.IsStandard(name))
                    throw new ArgumentException($"'{name}' is a standard attribute.", nameof(value));
            }

            field = [.. value.Distinct(StringComparer.Ordinal)];
            ArgumentOutOfRangeException.ThrowIfGreaterThan(field.Count, SchemaRules.MaxCustomAttributes, nameof(value));
        }
    } = [];

    /// <summary>The settings by their names in the API.</summary>
    internal WireSettings ToMembers()
    {
        var members = new JsonObject();
        if (UsernameAttributes.Count > 0)
            members[nameof(UsernameAttributes)] = new JsonArray([.. UsernameAttributes.Select(attribute => JsonValue.Create(attribute))]);
        if (RequiredAttributes.Count + CustomAttributes.Count > 0)
        {
            members[UserPoolSettings.SchemaMember] = new JsonArray(
            [
                .. RequiredAttributes.Select(name => new JsonObject { ["Name"] = name, ["Required"] = true }),
                .. CustomAttributes.Select(name => new JsonObject { ["Name"] = name, ["AttributeDataType"] = "String" }),
            ]);
        }

        return WireSettings.Create(members);
    }
}
