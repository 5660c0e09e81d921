namespace CognitoM2M.Provisioning;

/// <summary>A resource server.</summary>
public sealed record ResourceServerBlueprint
{
    /// <summary>The first part of its scopes: <c>{identifier}/{scope}</c>.</summary>
    /// <value>1 to 256 printable ASCII characters without space, <c>"</c> and <c>\</c>.</value>
    public required string Identifier { get; init; }

    /// <summary>
    /// Whether the resource server belongs to others, such as another blueprint or Terraform, and the blueprint only uses its scopes. It must
    /// exist with these scopes when a plan is made. Provisioning never changes or deletes it.
    /// </summary>
    /// <value><see langword="false"/> by default. If <see langword="true"/>, names and descriptions must be left out, and <see cref="Scopes"/> may be.</value>
    public bool External { get; init; }

    /// <summary>A name for people.</summary>
    /// <value>
    /// 1 to 256 characters: letters, digits, spaces and <c>_+=,.@-</c>. Null by default: an existing name stays, and a new resource server gets
    /// a name made from its identifier.
    /// </value>
    public string? Name { get; init; }

    /// <summary>All scopes of the resource server. Applying removes every other scope, unless the resource server is external.</summary>
    /// <value>Empty by default; at most 100.</value>
    public IReadOnlyList<ScopeBlueprint> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>Whether a scope is written as one of this resource server. A scope name has no slash, so the last slash separates the two parts.</summary>
    internal bool Owns(string scope) => scope.LastIndexOf('/') is > 0 and var slash && scope[..slash] == Identifier;
}

/// <summary>A scope of a resource server.</summary>
public sealed record ScopeBlueprint
{
    /// <summary>The second part of the scope.</summary>
    /// <value>1 to 256 printable ASCII characters without space, <c>"</c>, <c>\</c> and <c>/</c>; at most 256 with the identifier and the slash.</value>
    public required string Name { get; init; }

    /// <summary>A description for people.</summary>
    /// <value>1 to 256 characters. Null by default: an existing description stays, and a new scope gets its name as description.</value>
    public string? Description { get; init; }
}
