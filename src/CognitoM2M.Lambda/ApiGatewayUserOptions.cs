namespace CognitoM2M.Lambda;

/// <summary>Settings of an <see cref="ApiGatewayUserReader"/>.</summary>
public sealed class ApiGatewayUserOptions
{
    /// <summary>The id of the user pool whose tokens become a user.</summary>
    /// <value>
    /// Such as <c>eu-west-1_AbCdEf123</c>. Required, unless <see cref="Issuer"/> is set. An API can have several authorizers, and the other issuer may let its
    /// users choose the same claims.
    /// </value>
    public string? UserPoolId { get; set; }

    /// <summary>The issuer to accept (claim <c>iss</c>) instead of the issuers that follow from <see cref="UserPoolId"/>.</summary>
    /// <value>Null by default. Compared character by character.</value>
    public string? Issuer { get; set; }

    /// <summary>The ids of the app clients whose claims become a user (claim <c>client_id</c>).</summary>
    /// <value>
    /// Empty by default, which is an error unless <see cref="AllowAnyClient"/> is true. The Cognito authorizer of a REST API accepts every app client
    /// of the user pool.
    /// </value>
    public IList<string> ClientIds { get; set; } = [];

    /// <summary>Whether the claims of every app client become a user, because the authorizer in API Gateway accepts only the right ones.</summary>
    /// <value>False by default. If true, leave <see cref="ClientIds"/> empty.</value>
    public bool AllowAnyClient { get; set; }

    /// <summary>The authentication type of the user's identity.</summary>
    /// <value><c>CognitoM2M</c> by default: the name of the scheme that <c>AddCognitoM2M</c> registers. Scope policies count only identities of such schemes.</value>
    public string AuthenticationType { get; set; } = "CognitoM2M";
}
