using System.Buffers.Binary;
using CognitoM2M.Sharing;

namespace CognitoM2M.Tests.Sharing;

public sealed class SharedTokenTests
{
    private static readonly SharedToken _token = new(
        "header.payload.signature", "orders/read orders/write", new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));

    [Theory]
    [InlineData("orders/read orders/write")]
    [InlineData("")]
    public void Token_is_read_as_it_was_written(string scopes)
    {
        var token = _token with { Scopes = scopes };

        Assert.Equal(token, SharedToken.Parse(token.ToBytes()));
    }

    [Fact]
    public void Issue_instant_is_kept_in_utc() => Assert.Equal(
        _token.IssuedAt, SharedToken.Parse((_token with { IssuedAt = _token.IssuedAt.ToOffset(TimeSpan.FromHours(5)) }).ToBytes())!.IssuedAt);

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24)]
    public void Bytes_that_are_cut_off_before_the_token_value_are_not_a_token(int length) => Assert.Null(SharedToken.Parse(_token.ToBytes().AsSpan(0, length)));

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, long.MaxValue)]
    [InlineData(8, 0)]
    [InlineData(8, -1)]
    [InlineData(16, 0)]
    [InlineData(16, -1)]
    [InlineData(16, 49)]
    [InlineData(16, long.MaxValue)]
    public void Bytes_with_an_impossible_number_are_not_a_token(int position, long number)
    {
        var bytes = _token.ToBytes();
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(position), number);

        Assert.Null(SharedToken.Parse(bytes));
    }

    [Fact]
    public void Token_may_take_all_bytes()
    {
        var bytes = _token.ToBytes();
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), bytes.Length - 24 - _token.Scopes.Length);

        Assert.NotNull(SharedToken.Parse(bytes.AsSpan(0, bytes.Length - _token.Scopes.Length)));
    }

    [Fact]
    public void Text_that_no_header_can_carry_is_not_a_token() => Assert.Null(SharedToken.Parse((_token with { Value = "two words" }).ToBytes()));

    [Fact]
    public void Text_for_logs_does_not_contain_the_token() => Assert.DoesNotContain("signature", _token.ToString(), StringComparison.Ordinal);
}
