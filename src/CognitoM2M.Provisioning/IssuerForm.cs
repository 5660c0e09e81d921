using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning;

/// <summary>The form of the issuer in the tokens of a user pool. A verifier that knows one form only rejects tokens of the other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IssuerForm>))]
public enum IssuerForm
{
    /// <summary><c>https://cognito-idp.{region}.amazonaws.com/{user pool id}</c>, Cognito's default.</summary>
    Original,

    /// <summary>
    /// <c>https://issuer-cognito-idp.{region}.amazonaws.com/{user pool id}</c>, which replication to another region needs. Authentication by
    /// load balancers and the Cognito authorizers of API Gateway do not accept it.
    /// </summary>
    Updated,
}
