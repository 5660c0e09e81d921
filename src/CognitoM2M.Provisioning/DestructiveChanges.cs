namespace CognitoM2M.Provisioning;

/// <summary>What a plan may destroy. A plan that destroys something is carried out only if all of it was allowed.</summary>
[Flags]
public enum DestructiveChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A scope: tokens no longer carry it.</summary>
    Scope = 1,

    /// <summary>A flow, and with it a way to get tokens.</summary>
    Flow = 2,

    /// <summary>An app client with its id and its secrets.</summary>
    AppClient = 4,

    /// <summary>A domain: its token endpoint stops answering, and others can take its name.</summary>
    Domain = 8,

    /// <summary>The user pool with everything in it.</summary>
    UserPool = 16,

    /// <summary>A resource server with its scopes.</summary>
    ResourceServer = 32,

    /// <summary>The issuer of tokens: verifiers that know only the old form of the issuer reject new tokens.</summary>
    Issuer = 64,

    /// <summary>All of the above.</summary>
    All = Scope | Flow | AppClient | Domain | UserPool | ResourceServer | Issuer,
}
