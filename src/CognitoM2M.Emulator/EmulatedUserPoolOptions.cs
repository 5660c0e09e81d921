namespace CognitoM2M.Emulator;

/// <summary>Settings of a user pool that <see cref="CognitoEmulator.CreateUserPool(string, EmulatedUserPoolOptions)"/> creates.</summary>
public sealed class EmulatedUserPoolOptions
{
    /// <summary>The user pool id.</summary>
    /// <value>
    /// Null by default, which generates an id. Otherwise the emulator's region, an underscore, and letters and digits, such as
    /// <c>eu-west-1_AbCdEf123</c>; at most 55 characters, unique in the emulator.
    /// </value>
    public string? Id { get; init; }
}
