using System.Text;

namespace CognitoM2M.UserSessions.Authorization;

/// <summary>Builds the addresses of a user pool's domain that browsers are sent to.</summary>
internal static class DomainAddresses
{
    /// <param name="domain">The address of the domain.</param>
    /// <param name="path">The path, without a slash in front.</param>
    /// <param name="parameters">The parameters. Those without a value are left out.</param>
    public static Uri Create(Uri domain, string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var address = new StringBuilder(new Uri(domain, path).AbsoluteUri);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;

            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return new Uri(address.ToString());
    }
}
