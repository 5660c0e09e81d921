using System.Text.Json;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>The table itself, and the table as data for verifiers that are not written in .NET.</summary>
public sealed class VerdictTableTests
{
    private const string FileVariable = "COGNITO_M2M_VERDICTS";

    private static readonly JsonSerializerOptions _camelCase = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Names_are_unique_and_every_reason_occurs_except_checks_of_the_application()
    {
        TokenRejectionReason[] ofIdTokens = [TokenRejectionReason.NotAnIdToken, TokenRejectionReason.NonceNotValid, TokenRejectionReason.AccessTokenHashNotValid];
        TokenRejectionReason[] ofAccessTokens = [TokenRejectionReason.NotAnAccessToken, TokenRejectionReason.ScopeMissing, TokenRejectionReason.CallerNotAllowed];

        foreach (var (table, others) in new[] { (VerdictTable.Machines, ofIdTokens), (VerdictTable.Users, ofIdTokens), (VerdictTable.IdTokens, ofAccessTokens) })
        {
            Assert.Distinct(table.All.Select(verdict => verdict.Name));
            Assert.Equal(
                Enum.GetValues<TokenRejectionReason>().Except([TokenRejectionReason.CheckFailed, .. others]).Order(),
                table.All.Select(verdict => verdict.Reason).OfType<TokenRejectionReason>().Distinct().Order());
        }
    }

    [Fact]
    public void No_other_verifier_rejects_a_token_that_this_verifier_accepts() =>
        Assert.All(VerdictTable.Cases.Where(verdict => verdict.IsValid), verdict => Assert.True(verdict is { AwsJwtVerifyDiffers: null, JoseDiffers: null }));

    /// <summary>If the environment variable names a file, writes the file that <c>tests/interop/verdicts.mjs</c> reads.</summary>
    [Fact]
    public void Table_can_be_written_to_a_file_for_other_verifiers()
    {
        var json = JsonSerializer.Serialize(
            Portable.Select(verdict => new
            {
                verdict.Name,
                verdict.Group,
                verdict.Token,
                Ours = FormatVerdict(verdict.IsValid),
                Reason = verdict.Reason?.ToString(),
                AwsJwtVerify = FormatVerdict(verdict.IsValid == verdict.AwsJwtVerifyDiffers is null),
                AwsJwtVerifyDiffers = verdict.AwsJwtVerifyDiffers,
                Jose = FormatVerdict(verdict.IsValid == verdict.JoseDiffers is null),
                JoseDiffers = verdict.JoseDiffers,
                Pools = DescribePools(verdict),
                verdict.AllOfScopes,
                verdict.AnyOfScopes,
                ToleranceSeconds = verdict.Tolerance.TotalSeconds,
                NowMilliseconds = (TestToken.Now * 1000) + verdict.Later.TotalMilliseconds,
            }),
            _camelCase);

        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
            File.WriteAllText(file, json);

        using var table = JsonDocument.Parse(json);
        Assert.Equal(Portable.Select(verdict => verdict.Token), table.RootElement.EnumerateArray().Select(verdict => verdict.GetProperty("token").GetString()));
    }

    /// <summary>The cases that need none of this library's own settings: which callers are accepted, and which groups are required.</summary>
    private static IEnumerable<VerdictCase> Portable => VerdictTable.Cases.Where(verdict => verdict.Group is not ("caller" or "group"));

    private static string FormatVerdict(bool accepts) => accepts ? "accepts" : "rejects";

    private static object[] DescribePools(VerdictCase verdict)
    {
        var first = new { UserPoolId = TestToken.PoolId, verdict.ClientIds, verdict.KeySet };
        return verdict.OtherKeySet is null ? [first] : [first, new { UserPoolId = TestToken.OtherPoolId, ClientIds = (string[])[TestToken.OtherClientId], KeySet = verdict.OtherKeySet }];
    }
}
