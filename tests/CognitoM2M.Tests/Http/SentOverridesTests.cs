using System.Collections;
using System.Reflection;
using CognitoM2M.Http;

namespace CognitoM2M.Tests.Http;

public sealed class SentOverridesTests
{
    private const string Header = "Bearer marker1token2of3the4overrides";

    private static readonly CognitoTokenRequest _request = new() { Scopes = ["orders/write"] };

    [Fact]
    public void Override_is_found_by_its_token_and_by_no_other()
    {
        var overrides = new SentOverrides();

        overrides.Add(Header, _request);

        Assert.Same(_request, overrides.Find(Header));
        Assert.Null(overrides.Find(Header + "x"));
        Assert.Null(overrides.Find(Header.ToUpperInvariant()));
    }

    [Fact]
    public void Overrides_do_not_keep_their_tokens()
    {
        var overrides = new SentOverrides();

        overrides.Add(Header, _request);

        var keys = typeof(SentOverrides).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(overrides)).OfType<IDictionary>().SelectMany(map => map.Keys.Cast<object>()).ToList();
        Assert.IsType<UInt128>(Assert.Single(keys));
    }

    [Fact]
    public void Memory_is_bounded()
    {
        var overrides = new SentOverrides();

        for (var i = 0; i < 1_001; i++)
            overrides.Add($"Bearer {i}", _request);

        Assert.Null(overrides.Find("Bearer 0"));
        Assert.Same(_request, overrides.Find("Bearer 1000"));
    }

    [Fact]
    public void Known_token_takes_no_further_memory()
    {
        var overrides = new SentOverrides();
        for (var i = 0; i < 1_000; i++)
            overrides.Add($"Bearer {i}", _request);

        overrides.Add("Bearer 0", _request);

        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Same(_request, overrides.Find($"Bearer {i}")));
    }
}
