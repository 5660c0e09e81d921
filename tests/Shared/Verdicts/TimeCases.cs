using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Expiry, begin of validity, and values that are not times.</summary>
internal sealed class TimeCases(TokenTemplate of)
{
    private const string LastSecond = "accepts a token exactly at its exp, which RFC 7519, section 4.1.4, forbids";

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _halfSecond = TimeSpan.FromSeconds(0.5);

    public IEnumerable<VerdictCase> All()
    {
        yield return new("time: a second before exp", Until(1), null);
        yield return new VerdictCase("time: at exp", Until(0), Expired).Stricter(LastSecond, awsJwtVerify: true);
        yield return new("time: a second after exp", Until(-1), Expired);
        yield return new("time: half a second before exp", Until(1), null) { Later = _halfSecond };
        yield return new("time: half a second after exp", Until(0), Expired) { Later = _halfSecond };
        yield return new("time: a year after exp", Until(-31_536_000), Expired) { Tolerance = TimeSpan.FromMinutes(5) };
        yield return new("time: a second before exp plus tolerance", Until(-59), null) { Tolerance = _minute };
        yield return new VerdictCase("time: exactly at exp plus tolerance", Until(-60), Expired) { Tolerance = _minute }.Stricter(LastSecond, awsJwtVerify: true);
        yield return new("time: a second after exp plus tolerance", Until(-61), Expired) { Tolerance = _minute };

        yield return new("time: a second after nbf", From(-1), null);
        yield return new("time: at nbf", From(0), null);
        yield return new("time: a second before nbf", From(1), NotYetValid);
        yield return new("time: half a second before nbf", From(1), NotYetValid) { Later = _halfSecond };
        yield return new("time: exactly at nbf minus tolerance", From(60), null) { Tolerance = _minute };
        yield return new("time: a second before nbf minus tolerance", From(61), NotYetValid) { Tolerance = _minute };
        yield return new("time: nbf after exp", TestToken.Create(of.Payload.WithNumber("nbf", TestToken.Now + 7200)), NotYetValid)
        {
            Later = TimeSpan.FromMinutes(30),
        };
        yield return new("time: iat in the future, as a slow clock sees it", TestToken.Create(of.Payload.WithNumber("iat", TestToken.Now + 1000)), null);

        yield return new("time: exp after 2038", With("exp", "4102444800"), null);
        yield return new VerdictCase("time: exp in the last second of dates", With("exp", "253402300799"), null);
        yield return new("time: nbf and iat zero", TestToken.Create(of.Payload.With("nbf", "0").With("iat", "0")), null);

        const string NoDate = "accepts any number as a time, even one that is not a date";
        foreach (var exp in (string[])["253402300800", "9223372036854775807", "9223372036854775808", "1e300", $"{TestToken.Now + 3600}000"])
        {
            yield return new VerdictCase($"time: exp {exp}", With("exp", exp), ClaimNotValid)
                .Stricter(NoDate, awsJwtVerify: true, jose: true);
        }

        yield return new VerdictCase("time: exp 1e999", With("exp", "1e999"), ClaimNotValid).Stricter(NoDate, jose: true);
        yield return new("time: exp of ten thousand digits", With("exp", new string('9', 10_000)), ClaimNotValid) { JoseDiffers = NoDate };

        const string WholeSeconds = "accepts fractions and exponents, which RFC 7519 permits; Cognito writes whole seconds";
        foreach (var exp in (string[])[$"{TestToken.Now + 3600}.5", $"{TestToken.Now + 3600}.0", "1.7672292e9", "17672292e2"])
        {
            yield return new VerdictCase($"time: exp {exp}", With("exp", exp), ClaimNotValid)
                .Stricter(WholeSeconds, awsJwtVerify: true, jose: true);
        }

        foreach (var exp in (string[])["-1", "-1e300", "-9223372036854775808", "-0.5"])
            yield return new($"time: exp {exp}", With("exp", exp), ClaimNotValid);
        yield return new("time: exp zero", With("exp", "0"), Expired);
        yield return new VerdictCase("time: nbf negative", With("nbf", "-1"), ClaimNotValid)
            .Stricter("accepts any number as a time", awsJwtVerify: true, jose: true);
        yield return new("time: nbf 1e300", With("nbf", "1e300"), ClaimNotValid);
        yield return new VerdictCase("time: iat 1e300", With("iat", "1e300"), ClaimNotValid)
            .Stricter("ignores iat", awsJwtVerify: true, jose: true);
    }

    private string Until(long seconds) => TestToken.Create(of.Payload.WithNumber("exp", TestToken.Now + seconds));

    private string From(long seconds) => TestToken.Create(of.Payload.WithNumber("nbf", TestToken.Now + seconds));

    private string With(string claim, string raw) => TestToken.Create(of.Payload.With(claim, raw));
}
