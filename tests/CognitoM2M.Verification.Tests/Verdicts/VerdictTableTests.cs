using System.Text.Json;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>The table as data, for verifiers that are not written in .NET.</summary>
public sealed class VerdictTableTests
{
    private const string FileVariable = "COGNITO_M2M_VERDICTS";

    private static readonly JsonSerializerOptions _camelCase = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Table_names_each_case_once_and_covers_every_reason_that_a_token_alone_can_give()
    {
        Assert.Distinct(VerdictTable.Cases.Select(verdict => verdict.Name));
        Assert.Equal(
            Enum.GetValues<TokenRejectionReason>().Except([TokenRejectionReason.CheckFailed]).Order(),
            VerdictTable.Cases.Select(verdict => verdict.Reason).OfType<TokenRejectionReason>().Distinct().Order());
    }

    [Fact]
    public void No_other_verifier_refuses_what_is_accepted_here() =>
        Assert.All(VerdictTable.Cases.Where(verdict => verdict.IsValid), verdict => Assert.True(verdict is { AwsJwtVerifyDiffers: null, JoseDiffers: null }));

    /// <summary>Writes the file that <c>tests/interop/verdicts.mjs</c> reads, if asked to.</summary>
    [Fact]
    public void Table_can_be_handed_to_other_verifiers()
    {
        var json = JsonSerializer.Serialize(
            VerdictTable.Cases.Select(verdict => new
            {
                verdict.Name,
                verdict.Group,
                verdict.Token,
                Ours = Word(verdict.IsValid),
                Reason = verdict.Reason?.ToString(),
                AwsJwtVerify = Word(verdict.IsValid == verdict.AwsJwtVerifyDiffers is null),
                AwsJwtVerifyDiffers = verdict.AwsJwtVerifyDiffers,
                Jose = Word(verdict.IsValid == verdict.JoseDiffers is null),
                JoseDiffers = verdict.JoseDiffers,
                Pools = Pools(verdict),
                verdict.AllOfScopes,
                verdict.AnyOfScopes,
                ToleranceSeconds = verdict.Tolerance.TotalSeconds,
                NowMilliseconds = (TestToken.Now * 1000) + verdict.Later.TotalMilliseconds,
            }),
            _camelCase);

        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
            File.WriteAllText(file, json);

        using var table = JsonDocument.Parse(json);
        Assert.Equal(VerdictTable.Cases.Select(verdict => verdict.Token), table.RootElement.EnumerateArray().Select(verdict => verdict.GetProperty("token").GetString()));
    }

    private static string Word(bool accepts) => accepts ? "accepts" : "rejects";

    private static object[] Pools(VerdictCase verdict)
    {
        var first = new { UserPoolId = TestToken.PoolId, verdict.ClientIds, verdict.KeySet };
        return verdict.OtherKeySet is null ? [first] : [first, new { UserPoolId = TestToken.OtherPoolId, ClientIds = (string[])[TestToken.OtherClientId], KeySet = verdict.OtherKeySet }];
    }
}
