using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class TerminalTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Line_in_a_pipe_is_never_wrapped()
    {
        var line = new string('x', 5000);

        CreatePlainTerminal().Result(line);

        Assert.Equal(line, _output.ToString().TrimEnd());
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal()
    {
        CreatePlainTerminal().Result("pool \u001b[2Jname\u009b31m");

        Assert.DoesNotContain(_output.ToString().TrimEnd(), char.IsControl);
    }

    private Terminal CreatePlainTerminal()
    {
        var console = Terminal.Open(_output, isTerminal: false, new Dictionary<string, string>(StringComparer.Ordinal));
        return new Terminal(console, console, ask: null);
    }
}
