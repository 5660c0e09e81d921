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
                if (attribute is not ("email" or "phone_number"))
                    throw new ArgumentException($"'{attribute}' is neither email nor phone_number.", nameof(value));
            }

            field = [.. value];
        }
    } = [];
}
