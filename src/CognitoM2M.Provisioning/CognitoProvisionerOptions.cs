using System.Text.Json;
using Amazon.Runtime;

namespace CognitoM2M.Provisioning;

/// <summary>Settings of a <see cref="CognitoProvisioner"/>. For a setting that is left out, the sources of the AWS tools are used (environment variables and profiles).</summary>
public sealed class CognitoProvisionerOptions
{
    /// <summary>The region code, such as <c>eu-west-1</c>.</summary>
    /// <value>Null by default: <c>AWS_REGION</c>, or else the region of the profile.</value>
    public string? Region { get; set; }

    /// <summary>The name of a profile in the shared AWS configuration (<c>~/.aws/config</c>).</summary>
    /// <value>
    /// Null by default: <c>AWS_PROFILE</c>, or else AWS's chain of credential sources. A profile that assumes a role needs the package
    /// AWSSDK.SecurityToken; an SSO profile needs AWSSDK.SSO and AWSSDK.SSOOIDC.
    /// </value>
    public string? Profile { get; set; }

    /// <summary>Credentials to use instead of a profile and of AWS's chain.</summary>
    /// <value>
    /// Null by default. With <see cref="EmulatorAddress"/>, and if the user pools API has a loopback address or uses http, made-up credentials are used unless a profile, <c>AWS_PROFILE</c> or
    /// <c>AWS_ACCESS_KEY_ID</c> is set.
    /// </value>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>The address of the user pools API.</summary>
    /// <value>
    /// Null by default: <see cref="EmulatorAddress"/>, or else <c>AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER</c>, <c>AWS_ENDPOINT_URL</c>, or
    /// the address in the region. https, or http to a loopback address or to one of <see cref="PlainHttpHosts"/>. An address cannot be combined with FIPS or dual stack.
    /// AWS serves neither loopback addresses nor plain http, so such an address has the effects of <see cref="EmulatorAddress"/>.
    /// </value>
    public Uri? EndpointUrl { get; set; }

    /// <summary>The address of an emulator: https, or http to a loopback address or to one of <see cref="PlainHttpHosts"/>.</summary>
    /// <value>
    /// Null by default. If set, all requests go to the emulator, token requests to <c>{address}/oauth2/token</c>. Outputs and secrets then
    /// name addresses of the emulator.
    /// </value>
    public Uri? EmulatorAddress { get; set; }

    /// <summary>
    /// Carries out the operations of the user pools API in this process instead of sending requests: <c>CognitoEmulator.CallAsync</c> of the
    /// package CognitoM2M.Emulator. The arguments are the name of the operation and its input. The result is the output, or an object with
    /// the members <c>__type</c> and <c>message</c> for a refusal.
    /// </summary>
    /// <value>Null by default. Needs <see cref="EmulatorAddress"/>, which outputs name and token requests go to.</value>
    public Func<string, JsonElement, CancellationToken, Task<JsonElement>>? CallEmulator { get; set; }

    /// <summary>
    /// Hosts that <see cref="EndpointUrl"/>, <see cref="EmulatorAddress"/> and the environment may name with plain http, each <c>host</c> or
    /// <c>host:port</c>. Client secrets then travel unencrypted. Use this only if you trust the network on the whole way to the host, such as
    /// an emulator in the same compose file.
    /// </summary>
    /// <value>Empty by default. No wildcards.</value>
    public IList<string> PlainHttpHosts { get; set; } = [];

    /// <summary>Whether requests, outputs and secrets use the host names of FIPS endpoints.</summary>
    /// <value>Null by default: as <c>AWS_USE_FIPS_ENDPOINT</c> or the profile says. GovCloud regions always use FIPS endpoints.</value>
    public bool? UseFips { get; set; }

    /// <summary>Whether requests use the dual-stack endpoint (IPv4 and IPv6).</summary>
    /// <value>Null by default: as <c>AWS_USE_DUALSTACK_ENDPOINT</c> or the profile says.</value>
    public bool? UseDualStack { get; set; }

    /// <summary>How long one attempt at a request to the user pools API may take.</summary>
    /// <value>30 seconds by default.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long to repeat a request that Cognito refuses because there are too many requests, or because another caller is changing the same
    /// user pool.
    /// </summary>
    /// <value>2 minutes by default. The pauses between two attempts grow from 1 to 10 seconds.</value>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait until a deleted domain is gone.</summary>
    /// <value>15 minutes by default.</value>
    public TimeSpan DomainRemovalTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock.</summary>
    /// <value>The clock of the system by default.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Sends the token requests that show whether an app client gets tokens.</summary>
    /// <value>Null by default: a new handler that follows no redirects and keeps no cookies. Your handler is not disposed.</value>
    public HttpMessageHandler? TokenHttpHandler { get; set; }

    /// <summary>The longest pause of the AWS SDK before it repeats a request. Tests shorten it.</summary>
    internal TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(20);
}
