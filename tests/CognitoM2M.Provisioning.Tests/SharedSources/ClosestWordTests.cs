using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Tests.SharedSources;

public sealed class ClosestWordTests
{
    private static readonly string[] _commands = ["apply", "plan", "policy", "token", "rotate-secret", "cost"];

    [Theory]
    [InlineData("aply", "apply")]
    [InlineData("aplpy", "apply")]
    [InlineData("applly", "apply")]
    [InlineData("applx", "apply")]
    [InlineData("APPLY", "apply")]
    [InlineData("tkoen", "token")]
    [InlineData("pln", "plan")]
    [InlineData("rotate", "rotate-secret")]
    [InlineData("rot", "rotate-secret")]
    [InlineData("polici", "policy")]
    public void Misspelt_word_and_beginning_of_a_word_are_recognized(string word, string expected)
    {
        Assert.Equal(expected, ClosestWord.Find(word, _commands));
        Assert.Equal($" Did you mean '{expected}'?", ClosestWord.Ask(word, _commands));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("ro")]
    [InlineData("bogus")]
    [InlineData("destroy")]
    [InlineData("cast-all")]
    [InlineData("abcd")]
    public void Other_words_have_no_closest_word(string word)
    {
        Assert.Null(ClosestWord.Find(word, _commands));
        Assert.Empty(ClosestWord.Ask(word, _commands));
    }

    [Fact]
    public void Very_long_word_has_no_closest_word()
    {
        var name = new string('a', 99);

        Assert.Equal(name, ClosestWord.Find(name + "b", [name]));
        Assert.Null(ClosestWord.Find(name + "bc", [name]));
    }

    [Fact]
    public void Word_with_fewer_mistakes_is_preferred_to_a_word_that_begins_with_the_text()
    {
        Assert.Equal("plan", ClosestWord.Find("plans", ["plans-of-others", "plan"]));
        Assert.Equal("--wait", ClosestWord.Find("--wai", ["--wait-timeout", "--wait"]));
    }
}
