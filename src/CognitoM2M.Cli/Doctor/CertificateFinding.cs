using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Doctor;

/// <summary>What is wrong with the certificate of a server, and what to do.</summary>
/// <param name="Problem">What is wrong, as sentences; null if the certificate is accepted.</param>
/// <param name="Remedy">What to do; null if the certificate is accepted.</param>
internal sealed record CertificateFinding(string? Problem, string? Remedy)
{
    /// <summary>Judges a certificate as the system's TLS did.</summary>
    /// <param name="host">The name that the certificate must have.</param>
    /// <param name="certificate">The certificate; null if the server sent none.</param>
    /// <param name="errors">What the system does not accept.</param>
    /// <param name="status">What is wrong with the chain up to a trusted root.</param>
    /// <param name="now">The time on this machine.</param>
    public static CertificateFinding Create(
        string host, X509Certificate2? certificate, SslPolicyErrors errors, X509ChainStatusFlags status, DateTimeOffset now)
    {
        if (errors == SslPolicyErrors.None)
            return new CertificateFinding(Problem: null, Remedy: null);
        if (certificate is null)
            return new("The server sent no certificate.", "Check that the address is right, and that the server at this address speaks TLS.");

        var problems = new List<string>();
        var remedies = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            problems.Add($"The certificate is for '{ReadName(certificate, isIssuer: false)}', not for '{host}'.");
            remedies.Add("Check the address. If a proxy or a captive portal answers in place of Cognito, sign in there, or exclude the host from the proxy.");
        }

        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            problems.Add($"The certificate is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u}, and the clock of this machine says {now:u}.");
            remedies.Add("Check the clock of this machine first. If it is right, the server must renew its certificate.");
        }

        if (status.HasFlag(X509ChainStatusFlags.Revoked))
        {
            problems.Add("The certificate is revoked.");
            remedies.Add("The server needs a new certificate.");
        }

        // Any other flag, too, means that the chain does not lead to a root that this machine trusts.
        var other = status & ~(X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.Revoked);
        if (other != X509ChainStatusFlags.NoError || problems.Count == 0)
        {
            problems.Add($"This machine does not trust the issuer of the certificate, '{ReadName(certificate, isIssuer: true)}'.");
            remedies.Add(
                "If that is the proxy of your company, add its root certificate to the trusted ones of this machine (on Linux also with SSL_CERT_FILE), or exclude the host with no_proxy. "
                + "In a container, install the package ca-certificates. Otherwise somebody else than Cognito answers: do not send the secret there.");
        }

        return new CertificateFinding(string.Join(' ', problems), string.Join(' ', remedies));
    }

    private static string ReadName(X509Certificate2 certificate, bool isIssuer)
    {
        var name = certificate.GetNameInfo(X509NameType.DnsName, isIssuer) is { Length: > 0 } dns && !isIssuer
            ? dns
            : certificate.GetNameInfo(X509NameType.SimpleName, isIssuer);
        return OneLine.Show(name);
    }
}
