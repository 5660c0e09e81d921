using CognitoM2M.Architecture.Tests.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace CognitoM2M.Architecture.Tests;

/// <summary>The check of folders finds what it should, shown on small assemblies.</summary>
public sealed class FolderGraphTests
{
    /// <summary>Compiled with every case below: <c>Sample.Upper</c> uses <c>Sample.Lower</c>, as it may.</summary>
    private const string Sample = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        namespace Sample
        {
            public class Root { public Upper.Upper Up() => null; public Lower.Lower Down() => null; }
        }

        namespace Sample.Upper
        {
            public class Upper { public Lower.Lower Down; public static T Make<T>() => default; public static void Run() { } }
            public interface IUpper { }
            public class UpperException : Exception { }
            public class UpperAttribute : Attribute { public UpperAttribute(Type type = null) { } }
            public class Outer { public class Nested { } }
        }

        namespace Sample.Lower
        {
            public class PlainAttribute : Attribute { public Type Type { get; set; } public Type[] Types { get; set; } }

            public class Lower
            {
                private Sample.Root root;
            }
        """;

    public static TheoryData<string> UsesOfUpper =>
    [
        "class A : Upper.Upper { }",
        "class A : Upper.IUpper { }",
        "class A { Upper.Upper field; }",
        "class A { Upper.Upper[] field; }",
        "class A { Dictionary<string, List<Upper.Upper>> field; }",
        "class A { Upper.Outer.Nested field; }",
        "class A { Upper.Upper Property { get; set; } }",
        "class A { event Action<Upper.Upper> Event; }",
        "class A { Upper.Upper Return() => null; }",
        "class A { void Parameter(ref Upper.Upper upper) { } }",
        "class A<T> where T : Upper.Upper { }",
        "class A { void Constraint<T>() where T : Upper.Upper { } }",
        "[Upper.Upper] class A { }",
        "[Plain(Type = typeof(Upper.Upper))] class A { }",
        "[Plain(Types = new[] { typeof(string), typeof(Upper.Upper) })] class A { }",
        "class A { void Parameter([Upper.Upper] int number) { } }",
        "class A { [return: Upper.Upper] int Return() => 1; }",
        "class A { void Body() { Upper.Upper.Run(); } }",
        "class A { object Body() => Upper.Upper.Make<int>(); }",
        "class A { object Body() => typeof(Upper.Upper); }",
        "class A { bool Body(object value) => value is Upper.IUpper; }",
        "class A { object Body() => Array.Empty<Upper.Upper>(); }",
        "class A { void Body() { try { } catch (Upper.UpperException) { } } }",
        "class A { Func<object> Lambda() => () => new Upper.Upper(); }",
        "class A { async Task Async() { await Task.Yield(); Upper.Upper.Run(); } }",
        "class A { IEnumerable<int> Iterator() { Upper.Upper.Run(); yield return 1; } }",
        "class A { void Local() { Inner(); static void Inner() => Upper.Upper.Run(); } }",
        "class A { class Nested { Upper.Upper field; } }",
        "unsafe class A { delegate*<Upper.Upper, void> field; }",
    ];

    [Theory]
    [MemberData(nameof(UsesOfUpper))]
    public void Two_folders_that_use_each_other_are_found(string turnedRound)
    {
        using var module = Compile(turnedRound);

        var cycle = Assert.Single(FolderGraph.Read(module).FindCycles("Sample"));

        Assert.Equal(2, cycle.Count);
        Assert.StartsWith("Sample.Lower uses Sample.Upper: ", cycle[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("Sample.Upper uses Sample.Lower: Sample.Lower.Lower Sample.Upper.Upper::Down -> Sample.Lower.Lower", cycle[1].ToString());
    }

    [Theory]
    [InlineData("class A { Sample.Root field; }")]
    [InlineData("class A { Sample.Lower.Lower field; string text; }")]
    [InlineData("class A { const string Name = nameof(Sample.Upper.Upper); }")]
    public void Uses_in_one_direction_and_uses_of_the_root_are_allowed(string allowed)
    {
        using var module = Compile(allowed);

        Assert.Empty(FolderGraph.Read(module).FindCycles("Sample"));
    }

    [Fact]
    public void Nested_namespaces_count_as_folders_of_their_own()
    {
        using var module = Compile("namespace Inner { class B { Sample.Lower.Lower field; } } class A { Inner.B field; }");

        var cycle = Assert.Single(FolderGraph.Read(module).FindCycles("Sample"));

        Assert.Equal(["Sample.Lower", "Sample.Lower.Inner"], cycle.Select(use => use.From));
    }

    [Fact]
    public void Cycle_through_a_third_folder_is_found()
    {
        using var module = Compile("class A { Middle.B field; } } namespace Sample.Middle { class B { Sample.Upper.Upper field; }");

        var cycle = Assert.Single(FolderGraph.Read(module).FindCycles("Sample"));

        Assert.Equal(["Sample.Lower", "Sample.Middle", "Sample.Upper"], cycle.Select(use => use.From));
    }

    private static ModuleDefinition Compile(string addedToLower)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = new[] { "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Collections.dll" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(runtime, name)));
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(Sample + addedToLower + "}")],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

        var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        assembly.Position = 0;
        return ModuleDefinition.ReadModule(assembly);
    }
}
