using CognitoM2M.Docs.Tests.Reference;
using CognitoM2M.Testing;

namespace CognitoM2M.Docs.Tests;

/// <summary>The pages of docs/reference say what the code says. <c>.ci/reference</c> writes them.</summary>
public sealed class ReferencePageTests
{
    private static readonly Dictionary<string, Func<Task<string>>> _pages = new(StringComparer.Ordinal)
    {
        ["docs/reference/blueprint.md"] = () => Task.FromResult(BlueprintPage.Write()),
        ["docs/reference/errors.md"] = ErrorsPage.WriteAsync,
        ["docs/reference/exit-codes.md"] = () => Task.FromResult(ExitCodesPage.Write()),
        ["docs/reference/log-messages.md"] = () => Task.FromResult(LogMessagesPage.Write()),
        ["docs/reference/metrics.md"] = () => Task.FromResult(MetricsPage.Write()),
        ["docs/reference/rejection-reasons.md"] = () => Task.FromResult(RejectionReasonsPage.Write()),
    };

    public static TheoryData<string> Pages => [.. _pages.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Reference_page_matches_the_code(string path)
    {
        var expected = await _pages[path]();
        var file = Path.Combine(Checkout.Root(), path);
        if (Environment.GetEnvironmentVariable("COGNITO_M2M_WRITE_REFERENCE") == "1")
            await File.WriteAllTextAsync(file, expected);

        Assert.True(File.Exists(file) && Checkout.Read(path) == expected, $"{path} differs from the code. To write it again: bash .ci/reference");
    }

    [Fact]
    public void Each_page_of_the_reference_is_generated() =>
        Assert.Equal(
            _pages.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Checkout.Root(), "docs/reference"), "*.md").Select(file => $"docs/reference/{Path.GetFileName(file)}").Order(StringComparer.Ordinal));

    [Fact]
    public void Warnings_and_errors_of_the_log_say_what_to_do() => Assert.Empty(LogMessagesPage.FindUndescribed());

    [Fact]
    public void Each_member_of_a_blueprint_has_an_example() => Assert.Empty(BlueprintPage.FindWithoutExample());

    [Fact]
    public void Each_row_of_a_page_has_all_cells_that_its_table_needs()
    {
        foreach (var path in _pages.Keys)
        {
            var columns = 0;
            foreach (var line in Checkout.Read(path).Split('\n'))
            {
                var cells = line.StartsWith('|') ? line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|') : 0;
                Assert.True(columns == 0 || cells == 0 || cells == columns, $"{path}: {line}");
                columns = cells;
            }
        }
    }
}
