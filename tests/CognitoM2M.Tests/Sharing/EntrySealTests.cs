using System.Text;
using CognitoM2M.Sharing;

namespace CognitoM2M.Tests.Sharing;

public sealed class EntrySealTests
{
    private const int LongestValue = 256 * 1024;
    private const int Overhead = 29;

    private readonly EntrySeal _seal = new(StoreBench.Key, "secret");

    public static TheoryData<string> Parts => ["route", "endpoint", "authentication", "client", "scopes", "metadata", "secret"];

    [Fact]
    public void Sealed_content_can_be_opened_under_its_name()
    {
        var name = _seal.CreateName("token");

        Assert.Equal("content"u8.ToArray(), Create("").Open(name, _seal.Seal(name, "content"u8)));
    }

    [Fact]
    public void Empty_content_can_be_sealed_and_opened_too()
    {
        var name = _seal.CreateName("token");

        Assert.Empty(_seal.Open(name, _seal.Seal(name, []))!);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Entries_that_differ_in_any_part_have_other_names_and_do_not_open_each_other(string part)
    {
        var name = _seal.CreateName("token");
        var other = Create(part);

        Assert.NotEqual(name, other.CreateName("token"));
        // Route, authentication, scopes and metadata have the same key, and are kept apart by the name.
        Assert.Null(other.Open(other.CreateName("token"), _seal.Seal(name, "content"u8)));
    }

    [Fact]
    public void Token_and_lease_have_different_names() => Assert.NotEqual(_seal.CreateName("token"), _seal.CreateName("lease"));

    [Fact]
    public void Same_secret_from_another_place_gives_the_same_name() => Assert.Equal(
        _seal.CreateName("token"), new EntrySeal(StoreBench.Key with { SecretIdentity = "file" }, "secret").CreateName("token"));

    [Fact]
    public void Name_consists_of_the_library_name_a_version_and_a_digest() => Assert.Matches("^cognito-m2m:1:[A-Za-z0-9_-]{43}$", _seal.CreateName("token"));

    [Fact]
    public void Same_content_is_sealed_differently_each_time()
    {
        var name = _seal.CreateName("token");

        Assert.NotEqual(_seal.Seal(name, "content"u8), _seal.Seal(name, "content"u8));
    }

    [Fact]
    public void Sealed_content_is_not_readable()
    {
        var name = _seal.CreateName("token");

        Assert.DoesNotContain("content", Encoding.Latin1.GetString(_seal.Seal(name, "content"u8)), StringComparison.Ordinal);
    }

    [Fact]
    public void Content_does_not_open_under_another_name() => Assert.Null(
        _seal.Open(_seal.CreateName("lease"), _seal.Seal(_seal.CreateName("token"), "content"u8)));

    [Fact]
    public void Missing_value_has_no_content() => Assert.Null(_seal.Open(_seal.CreateName("token"), null));

    [Fact]
    public void Value_that_is_longer_than_any_token_has_no_content()
    {
        var name = _seal.CreateName("token");

        Assert.NotNull(_seal.Open(name, _seal.Seal(name, new byte[LongestValue - Overhead])));
        Assert.Null(_seal.Open(name, _seal.Seal(name, new byte[LongestValue - Overhead + 1])));
    }

    private static EntrySeal Create(string differentPart) => new(
        differentPart switch
        {
            "route" => StoreBench.Key with { Route = CognitoTokenRoute.GetClientToken },
            "endpoint" => StoreBench.Key with { Endpoint = "https://other.example.com" },
            "authentication" => StoreBench.Key with { Authentication = CognitoClientAuthentication.ClientSecretPost },
            "client" => StoreBench.Key with { ClientId = "other" },
            "scopes" => StoreBench.Key with { Scopes = "orders/write" },
            "metadata" => StoreBench.Key with { Metadata = "{}" },
            _ => StoreBench.Key,
        },
        differentPart == "secret" ? "other" : "secret");
}
