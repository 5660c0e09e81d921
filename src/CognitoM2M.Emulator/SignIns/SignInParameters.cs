using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>The parameters of a sign-in (<c>AuthParameters</c>) and of the response to a challenge (<c>ChallengeResponses</c>).</summary>
internal static class SignInParameters
{
    private const string DeviceKey = "DEVICE_KEY";

    private static readonly string[] _known = ["USERNAME", "PASSWORD", "NEW_PASSWORD", "SECRET_HASH", "REFRESH_TOKEN"];

    /// <summary>Refuses parameters that the emulator would have to ignore.</summary>
    /// <param name="member">The member of the input that holds the parameters.</param>
    /// <param name="parameters">The parameters.</param>
    /// <exception cref="RefusedException">There is such a parameter.</exception>
    public static void Check(string member, IReadOnlyDictionary<string, string> parameters)
    {
        // Cognito gives the same answer for a device that was never remembered.
        if (parameters.ContainsKey(DeviceKey))
            throw RefusedException.NotFound("Device does not exist.");
        if (parameters.Keys.FirstOrDefault(name => !_known.Contains(name, StringComparer.Ordinal) && !name.StartsWith(ChallengeAttributes.Prefix, StringComparison.Ordinal)) is { } unknown)
            throw RefusedException.InvalidParameter($"The emulator does not support the parameter {unknown} of {member}.");
    }

    /// <exception cref="RefusedException">The parameter is missing.</exception>
    public static string Require(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name) ?? throw RefusedException.InvalidParameter($"Missing required parameter {name}");

    /// <summary>Reads the attributes of the user in the response to a challenge.</summary>
    public static IReadOnlyCollection<UserAttribute> ReadAttributes(IReadOnlyDictionary<string, string> responses) =>
    [
        .. responses
            .Where(response => response.Key.StartsWith(ChallengeAttributes.Prefix, StringComparison.Ordinal))
            .Select(response => new UserAttribute(response.Key[ChallengeAttributes.Prefix.Length..], response.Value)),
    ];
}
