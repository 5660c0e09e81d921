using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CognitoM2M.Cli.Doctor;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>Each test breaks TLS in one way. No secret leaves the machine.</summary>
public sealed class TlsFaultTests : DoctorTestBase
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Certificate_of_an_issuer_that_this_machine_does_not_trust_is_reported()
    {
        var run = await ExamineAsync(TestCertificate.Create("localhost"));

        Assert.Contains("does not trust the issuer of the certificate, 'localhost'", FindingOf(run, "tls"), StringComparison.Ordinal);
        Assert.DoesNotContain("not for", FindingOf(run, "tls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_another_host_is_reported()
    {
        var run = await ExamineAsync(TestCertificate.Create("proxy.example"));

        Assert.Contains("is for 'proxy.example', not for 'localhost'", FindingOf(run, "tls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_that_has_expired_is_reported()
    {
        var run = await ExamineAsync(TestCertificate.Create("localhost", validity: TimeSpan.FromDays(-1)));

        Assert.Contains("The certificate is valid from ", FindingOf(run, "tls"), StringComparison.Ordinal);
        Assert.Contains("Check the clock of this machine first.", Find(run, "tls").GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_does_not_speak_TLS_is_reported()
    {
        await using var server = new RawServer(_ => RawServer.Respond(400));
        WriteSection($"https://localhost:{server.Port}/oauth2/token");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "tls", ExitCode.Unreachable);
        Assert.Contains("did not complete the TLS handshake", FindingOf(run, "tls"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(X509ChainStatusFlags.NotTimeValid, "The certificate is valid from 2025-12-31 00:00:00Z")]
    [InlineData(X509ChainStatusFlags.Revoked, "The certificate is revoked.")]
    [InlineData(X509ChainStatusFlags.PartialChain, "This machine does not trust the issuer of the certificate, 'localhost'.")]
    [InlineData(X509ChainStatusFlags.NotSignatureValid, "This machine does not trust the issuer of the certificate, 'localhost'.")]
    public void Each_fault_of_the_chain_is_described_alone(X509ChainStatusFlags status, string expected)
    {
        using var certificate = CreateFixed();

        var finding = CertificateFinding.Create("localhost", certificate, SslPolicyErrors.RemoteCertificateChainErrors, status, _now);

        Assert.StartsWith(expected, finding.Problem, StringComparison.Ordinal);
        Assert.Single(finding.Problem!.Split(". "));
    }

    [Fact]
    public void Missing_certificate_is_described()
    {
        var finding = CertificateFinding.Create("localhost", certificate: null, SslPolicyErrors.RemoteCertificateNotAvailable, X509ChainStatusFlags.NoError, _now);

        Assert.Equal("The server sent no certificate.", finding.Problem);
    }

    [Fact]
    public async Task Certificate_that_the_machine_trusts_passes()
    {
        using var certificate = TestCertificate.Create("localhost");
        await using var server = new RawServer(
            request => request.StartsWith("GET", StringComparison.Ordinal) ? RawServer.Respond(405) : RawServer.RespondJson(400, """{"error":"invalid_client"}"""), certificate);
        WriteSection($"https://localhost:{server.Port}/oauth2/token");
        var trusted = PathOf("trusted.pem");
        Write(trusted, certificate.ExportCertificatePem());

        // The test starts a process, because a process reads the trusted certificates once.
        var start = new ProcessStartInfo("dotnet", [typeof(ToolHost).Assembly.Location, "doctor", "--config", SecretsPath, "--json"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SSL_CERT_FILE"] = trusted;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var run = new ToolRun((ExitCode)process.ExitCode, output, await error);

        Assert.Equal("passed", VerdictOf(run, "tls"));
        AssertFirstFailed(run, "secret", ExitCode.Credentials);
    }

    private static X509Certificate2 CreateFixed()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(_now - TimeSpan.FromDays(1), _now + TimeSpan.FromDays(1));
    }

    private async Task<ToolRun> ExamineAsync(X509Certificate2 certificate)
    {
        await using var server = new RawServer(_ => RawServer.Respond(405), certificate);
        WriteSection($"https://localhost:{server.Port}/oauth2/token");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "tls", ExitCode.Unreachable);
        Assert.Empty(server.Requests);
        certificate.Dispose();
        return run;
    }
}
