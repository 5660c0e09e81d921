using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Tests.Planning;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("Read orders", "Read orders")]
    [InlineData("a\nb\r\nc\td", @"a\nb\r\nc\td")]
    [InlineData("a\u001b[2Jb\u009bc\u007f", @"a\u001B[2Jb\u009Bc\u007F")]
    [InlineData("a\u2028b\u2029c\u0085d", @"a\u2028b\u2029c\u0085d")]
    [InlineData("\u202egnp.exe\u2066", @"\u202Egnp.exe\u2066")]
    [InlineData("\U000e0041", @"\uDB40\uDC41")]
    [InlineData("می\u200cخواهم क\u094d\u200dष", "می\u200cخواهم क\u094d\u200dष")]
    [InlineData("##vso[task.setvariable]x ##[error]", @"\u0023#vso[task.setvariable]x \u0023#[error]")]
    [InlineData("###", @"\u0023\u0023#")]
    [InlineData("C# #1", "C# #1")]
    public void Dangerous_characters_are_shown_as_escapes(string text, string expected)
    {
        Assert.Equal(expected, OneLine.Escape(text));
        Assert.Equal(expected, OneLine.Escape(OneLine.Escape(text)));
    }

    [Fact]
    public void Long_value_is_cut_and_keeps_characters_whole()
    {
        Assert.Equal(new string('x', 300), OneLine.Show(new string('x', 300)));
        Assert.Equal(new string('x', 299) + "…", OneLine.Show(new string('x', 301)));
        Assert.Equal(new string('x', 298) + "…", OneLine.Show(new string('x', 298) + "😀x"));
        Assert.Equal(new string('x', 298) + "…", OneLine.Show(new string('x', 298) + "\n\n"));
    }

    [Fact]
    public void Value_that_was_cut_is_not_cut_again()
    {
        var shown = OneLine.Show(new string('\n', 1_000_000));

        Assert.InRange(shown.Length, 290, OneLine.MaxValueLength);
        Assert.Equal(shown, OneLine.Show(shown));
    }

    // Not in the cases above, because an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_is_shown_as_escape() => Assert.Equal(@"😀 \uD800x\uDC00", OneLine.Escape("😀 \ud800x\udc00"));

    [Fact]
    public void Missing_value_is_empty() => Assert.Equal("", OneLine.Show(null));
}
