namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Reads and writes the lifetime of access tokens, which Cognito keeps as a number and a unit.</summary>
internal static class AccessTokenLifetime
{
    private static readonly (string Name, int Seconds)[] _units = [("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1)];

    /// <summary>The lifetime of an app client; one hour if the client does not name one.</summary>
    public static TimeSpan Read(UserPoolClient client)
    {
        if (client.AccessTokenValidity is not > 0)
            return TimeSpan.FromHours(1);

        var unit = Array.Find(_units, unit => unit.Name == (client.TokenValidityUnits?.AccessToken ?? "hours"));
        return TimeSpan.FromSeconds((long)client.AccessTokenValidity.Value * unit.Seconds);
    }

    /// <summary>The lifetime in the largest unit that leaves no remainder.</summary>
    public static (int Validity, string Unit) Format(TimeSpan lifetime)
    {
        var seconds = (int)lifetime.TotalSeconds;
        var unit = Array.Find(_units, unit => seconds % unit.Seconds == 0);
        return (seconds / unit.Seconds, unit.Name);
    }
}
