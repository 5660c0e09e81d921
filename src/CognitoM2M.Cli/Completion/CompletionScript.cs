namespace CognitoM2M.Cli.Completion;

/// <summary>Scripts that make shells ask the tool how a command line can go on. Where the tool has no answer, shells name files.</summary>
internal static class CompletionScript
{
    private const string Bash = """
        # Completion of cognito-m2m for bash. In ~/.bashrc: source <(cognito-m2m completion bash)
        _cognito_m2m() {
            local line=${COMP_LINE:0:COMP_POINT} IFS=$'\n'
            line=${line#*[[:space:]]}
            COMPREPLY=($("$1" "[suggest:${#line}]" "$line" 2> /dev/null))
        }
        complete -o default -F _cognito_m2m cognito-m2m
        """;

    private const string Zsh = """
        #compdef cognito-m2m
        # Completion of cognito-m2m for zsh. In ~/.zshrc, after compinit: source <(cognito-m2m completion zsh)
        _cognito_m2m() {
            local line="${(j: :)words[2,CURRENT]}"
            local -a found
            found=(${(f)"$("$words[1]" "[suggest:${#line}]" "$line" 2> /dev/null)"})
            if (( ${#found} )); then compadd -- $found; else _files; fi
        }
        compdef _cognito_m2m cognito-m2m
        """;

    private const string PowerShell = """
        # Completion of cognito-m2m for PowerShell. In $PROFILE: cognito-m2m completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName cognito-m2m -ScriptBlock {
            param($word, $command, $cursor)
            $name = $command.CommandElements[0].Extent.Text
            $length = [Math]::Max($name.Length, $cursor - $command.Extent.StartOffset)
            $line = $command.Extent.Text.PadRight($length).Substring($name.Length, $length - $name.Length).TrimStart()
            & $name "[suggest:$($line.Length)]" $line 2> $null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> _scripts = new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = PowerShell };

    /// <summary>The shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "pwsh"];

    public static string Find(string shell) => _scripts[shell];
}
