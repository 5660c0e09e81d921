using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator;

/// <summary>What <see cref="EmulatedUserPool.OnTokenIssuing"/> changes in a token. The names are those of the trigger's response.</summary>
/// <remarks>
/// Cognito keeps some claims for itself, for example <c>sub</c>, <c>exp</c>, <c>token_use</c>, and names that begin with <c>cognito:</c>. A
/// change of such a claim fails the token request. <c>aud</c> can only be the client id. Scopes are changed with <see cref="ScopesToAdd"/>
/// and <see cref="ScopesToSuppress"/>. Claims and scopes are at most 5,000 together.
/// </remarks>
public sealed class EmulatedTokenChanges
{
    internal EmulatedTokenChanges()
    {
    }

    /// <summary>Claims to add, or to put in the place of those with the same name.</summary>
    /// <value>Empty by default. A value is a text, a number, true, false, an array or an object; not null.</value>
    public IDictionary<string, JsonNode> ClaimsToAddOrOverride { get; } = new Dictionary<string, JsonNode>(StringComparer.Ordinal);

    /// <summary>The names of claims to leave out. A name in both collections is left out.</summary>
    /// <value>Empty by default.</value>
    public ISet<string> ClaimsToSuppress { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Scopes to add. They need not exist in a resource server.</summary>
    /// <value>Empty by default. A scope has no white space (RFC 6749, section 3.3).</value>
    public IList<string> ScopesToAdd { get; } = [];

    /// <summary>Scopes to leave out. A scope in both collections is left out.</summary>
    /// <value>Empty by default. A token without any scope has no claim <c>scope</c>.</value>
    public ISet<string> ScopesToSuppress { get; } = new HashSet<string>(StringComparer.Ordinal);
}
