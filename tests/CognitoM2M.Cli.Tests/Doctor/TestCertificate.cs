using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>Makes certificates that no machine trusts.</summary>
internal static class TestCertificate
{
    /// <param name="host">The host name that the certificate is for.</param>
    /// <param name="validity">How long the certificate is valid from yesterday on; negative for a certificate that has expired.</param>
    public static X509Certificate2 Create(string host, TimeSpan? validity = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());

        var end = TimeProvider.System.GetUtcNow() + (validity ?? TimeSpan.FromDays(1));
        using var certificate = request.CreateSelfSigned(end - TimeSpan.FromDays(30), end);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
