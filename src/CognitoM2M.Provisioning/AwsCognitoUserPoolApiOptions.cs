using Amazon.Runtime;

namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="AwsCognitoUserPoolApi"/>; what is left out comes from where AWS's own tools take it.</summary>
public sealed class AwsCognitoUserPoolApiOptions
{
    /// <summary>The region code, such as <c>eu-west-1</c>.</summary>
    /// <value>Null by default: <c>AWS_REGION</c>, else the region of the profile. <c>AWS_REGION</c> wins over the profile.</value>
    public string? Region { get; set; }

    /// <summary>The name of a profile in the shared AWS configuration.</summary>
    /// <value>Null by default: <c>AWS_PROFILE</c>, and AWS's credential chain. Profiles that assume a role need the package AWSSDK.SecurityToken; SSO profiles AWSSDK.SSO and AWSSDK.SSOOIDC.</value>
    public string? Profile { get; set; }

    /// <summary>Credentials to use instead of a profile or the chain.</summary>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>The address of the service.</summary>
    /// <value>Null by default: <c>AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER</c>, <c>AWS_ENDPOINT_URL</c>, else AWS's. Excludes FIPS and dual stack.</value>
    public Uri? EndpointUrl { get; set; }

    /// <summary>Whether to use the FIPS endpoint; GovCloud regions use it always.</summary>
    public bool? UseFips { get; set; }

    /// <summary>Whether to use the dual-stack endpoint.</summary>
    public bool? UseDualStack { get; set; }

    /// <summary>How long one attempt at a request may take.</summary>
    /// <value>30 seconds by default.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Lets tests of retries run without waiting.</summary>
    internal TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(20);
}
