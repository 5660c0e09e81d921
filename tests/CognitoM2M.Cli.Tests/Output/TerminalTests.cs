using CognitoM2M.Cli.Output;
using Spectre.Console;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class TerminalTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Line_in_a_pipe_is_never_wrapped()
    {
        var line = new string('x', 5000);

        CreateTerminal().Result(line);

        Assert.Equal(line, _output.ToString().TrimEnd());
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal()
    {
        CreateTerminal().Result("pool \u001b[2Jname\u009b31m");

        Assert.Equal(@"pool \u001B[2Jname\u009B31m", _output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("::error::x", @"\u003A:error::x")]
    [InlineData("  ::add-mask::x", @"  \u003A:add-mask::x")]
    [InlineData("a ::error::x", "a ::error::x")]
    [InlineData("a\n::error::x", @"a\n::error::x")]
    public void Line_is_never_read_as_a_command_by_a_build_server(string line, string expected)
    {
        CreateTerminal().Result(line);

        Assert.Equal(expected, _output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void User_is_asked_only_if_standard_input_and_standard_error_are_terminals(bool isInputTerminal, bool isErrorTerminal, bool expected)
    {
        var terminal = CreateTerminal(isInputTerminal, isErrorTerminal);

        Assert.Equal(expected, terminal.Ask is not null);
    }

    [Fact]
    public void Dumb_terminal_gets_plain_text()
    {
        _variables["TERM"] = "dumb";

        var console = Terminal.Open(_output, isTerminal: true, _variables);

        Assert.False(console.Profile.Capabilities.Ansi);
    }

    [Fact]
    public void NO_COLOR_turns_colours_off()
    {
        _variables["NO_COLOR"] = "1";

        var console = Terminal.Open(_output, isTerminal: true, _variables);

        Assert.Equal(ColorSystem.NoColors, console.Profile.Capabilities.ColorSystem);
    }

    private Terminal CreateTerminal(bool isInputTerminal = false, bool isErrorTerminal = false) =>
        Terminal.Create(new StandardStreams(_output, IsOutputTerminal: false, TextWriter.Null, isErrorTerminal, isInputTerminal), _variables);
}
