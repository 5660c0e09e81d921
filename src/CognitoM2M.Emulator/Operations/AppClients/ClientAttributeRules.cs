using System.Text.Json;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>Cognito's rules for the attributes that an app client may read and write, and for its default address.</summary>
internal static class ClientAttributeRules
{
    /// <param name="settings">The settings of the app client.</param>
    /// <param name="pool">The user pool.</param>
    /// <param name="verb">What is done, for messages: creating or updating.</param>
    /// <exception cref="RefusedException">The settings break a rule.</exception>
    public static void Check(AppClientSettings settings, EmulatedUserPool pool, string verb)
    {
        var schema = AttributeSchema.Read(pool);
        var readable = List(settings, "ReadAttributes");
        if (readable.Any(name => schema.Find(name) is null))
            throw RefusedException.InvalidParameter($"Invalid read attributes specified while {verb} a client");

        // Every app client must be able to write the attributes that each user must have.
        var writable = List(settings, "WriteAttributes");
        if (writable.Count > 0
            && (writable.Any(name => schema.Find(name) is null || !ChallengeAttributes.IsWritable(name))
                || schema.ListRequired().Except(writable, StringComparer.Ordinal).Any()))
            throw RefusedException.InvalidParameter($"Invalid write attributes specified while {verb} a client");

        if (settings.Others.GetText("DefaultRedirectURI") is { } address && !List(settings, AppClientUrls.CallbackMember).Contains(address, StringComparer.Ordinal))
            throw RefusedException.InvalidParameter("DefaultRedirectURI must be one of the CallbackURLs.");
        if (settings.Secrets.IsEmpty && settings.Others.Find("EnablePropagateAdditionalUserContextData") is { ValueKind: JsonValueKind.True })
            throw RefusedException.InvalidParameter("EnablePropagateAdditionalUserContextData needs an app client with a secret.");
    }

    private static List<string> List(AppClientSettings settings, string member) =>
        [.. settings.Others.Find(member)?.EnumerateArray().Select(item => item.GetString()!) ?? []];
}
